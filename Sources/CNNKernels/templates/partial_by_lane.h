// The first n lanes of a vector in memory, for instruction sets without masked loads.

typedef size_t vmask;

LEAF vmask first(size_t n) { return n; }

LEAF vf load_first(const float *p, vmask n) {
    if (n == VL) return load(p);
    vf v = (vf)0.0f;
    UNROLL for (size_t i = 0; i < VL; i++) if (i < n) v[i] = p[i];
    return v;
}

LEAF void store_first(float *p, vmask n, vf v) {
    if (n == VL) {
        store(p, v);
        return;
    }
    UNROLL for (size_t i = 0; i < VL; i++) if (i < n) p[i] = v[i];
}
