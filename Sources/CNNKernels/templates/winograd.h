// Winograd's convolution for 3 x 3 windows with stride 1: a tile of 2 x 2 or 4 x 4 results from 16 or 36 products per channel and filter
// instead of 36 or 144. A tile of the image, the weights and the sums are taken to the values of polynomials at 4 or 6 points along each
// axis, and the results back from them. For tiles of 4 the points are 0, a, -a, b, -b and infinity.
//
// A tile's numbers come from its own window of the image alone, and products keep the same bits for any split.

enum { LARGEST_TILE = 4, LARGEST_POINTS = LARGEST_TILE + 2 };

// Of all a and b with short squares these lose the least: half of what 1 and 2 do.
#define POINT_A 0.625f
#define POINT_B 1.5f

/// A line of the image at the points.
LEAF void at_points(const int TILE, const vf *x, const size_t step, vf *y) {
    if (TILE == 2) {
        y[0] = x[0] - x[2 * step];
        y[step] = x[step] + x[2 * step];
        y[2 * step] = x[2 * step] - x[step];
        y[3 * step] = x[step] - x[3 * step];
        return;
    }
    const vf a = splat(POINT_A), b = splat(POINT_B), a2 = splat(-POINT_A * POINT_A), b2 = splat(-POINT_B * POINT_B);
    const vf a2b2 = splat(POINT_A * POINT_A * POINT_B * POINT_B), sum = splat(-(POINT_A * POINT_A + POINT_B * POINT_B));
    const vf even_a = fma_(b2, x[2 * step], x[4 * step]), odd_a = fma_(b2, x[step], x[3 * step]) * a;
    const vf even_b = fma_(a2, x[2 * step], x[4 * step]), odd_b = fma_(a2, x[step], x[3 * step]) * b;
    y[0] = fma_(a2b2, x[0], fma_(sum, x[2 * step], x[4 * step]));
    y[5 * step] = fma_(a2b2, x[step], fma_(sum, x[3 * step], x[5 * step]));
    y[step] = even_a + odd_a;
    y[2 * step] = even_a - odd_a;
    y[3 * step] = even_b + odd_b;
    y[4 * step] = even_b - odd_b;
}

/// A line of results from the points.
LEAF void from_points(const int TILE, const vf *x, const size_t step, vf *y) {
    if (TILE == 2) {
        y[0] = (x[0] + x[step]) + x[2 * step];
        y[step] = (x[step] - x[2 * step]) - x[3 * step];
        return;
    }
    const vf even_a = x[step] + x[2 * step], odd_a = x[step] - x[2 * step];
    const vf even_b = x[3 * step] + x[4 * step], odd_b = x[3 * step] - x[4 * step];
    const float a = POINT_A, b = POINT_B;
    y[0] = (x[0] + even_a) + even_b;
    y[step] = fma_(splat(b), odd_b, odd_a * splat(a));
    y[2 * step] = fma_(splat(b * b), even_b, even_a * splat(a * a));
    y[3 * step] = fma_(splat(b * b * b), odd_b, fma_(splat(a * a * a), odd_a, x[5 * step]));
}

/// Three weights at the points, divided by what the image's side leaves out.
LEAF void weights_at_points(const int TILE, const vf *g, const size_t step, vf *y, const size_t to) {
    if (TILE == 2) {
        const vf even = (g[0] + g[2 * step]) * 0.5f, odd = g[step] * 0.5f;
        y[0] = g[0];
        y[to] = even + odd;
        y[2 * to] = even - odd;
        y[3 * to] = g[2 * step];
        return;
    }
    const float a = POINT_A, b = POINT_B;
    const float at_a = 1 / (2 * a * a * (a * a - b * b)), at_b = 1 / (2 * b * b * (b * b - a * a));
    const vf even_a = fma_(splat(a * a), g[2 * step], g[0]) * at_a, odd_a = g[step] * splat(a * at_a);
    const vf even_b = fma_(splat(b * b), g[2 * step], g[0]) * at_b, odd_b = g[step] * splat(b * at_b);
    y[0] = g[0] * (1 / (a * a * b * b));
    y[to] = even_a + odd_a;
    y[2 * to] = even_a - odd_a;
    y[3 * to] = even_b + odd_b;
    y[4 * to] = even_b - odd_b;
    y[5 * to] = g[2 * step];
}

LEAF void winograd_weights_of(const int TILE, const float *panels, size_t channels, size_t filters, float *weights) {
    const int P = TILE + 2;
    const size_t plane = channels * filters + NN_WINOGRAD_GAP;
    for (size_t n = 0; n < filters; n += NN_PANEL_COLUMNS) {
        const size_t width = filters - n < NN_PANEL_COLUMNS ? filters - n : NN_PANEL_COLUMNS;
        const float *from = panels + n * 9 * channels;
        float *to = weights + n * channels;
        // A panel's rows of one tap lie one after the other: the matrix is as good as a vector.
        const size_t count = channels * width;
        for (size_t i = 0; i < count; i += VL) {
            const vmask mask = lanes_left(count - i);
            vf g[9], lines[3 * LARGEST_POINTS], u[LARGEST_POINTS * LARGEST_POINTS];
            UNROLL for (size_t tap = 0; tap < 9; tap++) g[tap] = load_first(from + tap * count + i, mask);
            UNROLL for (int x = 0; x < 3; x++) weights_at_points(TILE, g + x, 3, lines + x, 3);
            UNROLL for (int y = 0; y < P; y++) weights_at_points(TILE, lines + 3 * y, 1, u + P * y, 1);
            UNROLL for (int p = 0; p < P * P; p++) store_first(to + (size_t)p * plane + i, mask, u[p]);
        }
    }
}

static void winograd_weights(size_t tile, const float *panels, size_t channels, size_t filters, float *weights) {
    if (tile == 2) winograd_weights_of(2, panels, channels, filters, weights);
    else winograd_weights_of(4, panels, channels, filters, weights);
}

/// Where a tile lies: its image in the batch and its first result.
typedef struct {
    size_t image, y, x;
} tile_place;

LEAF tile_place place_of(const nn_winograd *w, size_t tile) {
    const size_t across = (w->result_width + w->tile - 1) / w->tile, down = (w->result_height + w->tile - 1) / w->tile;
    const size_t in_image = tile % (across * down);
    return (tile_place){tile / (across * down), in_image / across * w->tile, in_image % across * w->tile};
}

/// The window of a tile at the points: `points` [P * P], `plane` floats apart.
LEAF void tile_at_points(const int TILE, const nn_winograd *w, const float *images, const float *zero, tile_place at, float *points,
                         size_t plane) {
    const int P = TILE + 2;
    const float *pixels[LARGEST_POINTS * LARGEST_POINTS];
    for (int i = 0; i < P; i++)
        for (int j = 0; j < P; j++) {
            // Coordinates above and to the left of the image wrap around and are too large as well.
            const size_t y = at.y + (size_t)i - w->above, x = at.x + (size_t)j - w->left;
            const int inside = y < w->height && x < w->width;
            pixels[i * P + j] = inside ? images + ((at.image * w->height + y) * w->width + x) * w->channels : zero;
        }
    for (size_t c = 0; c < w->channels; c += VL) {
        const vmask mask = lanes_left(w->channels - c);
        vf d[LARGEST_POINTS * LARGEST_POINTS], t[LARGEST_POINTS * LARGEST_POINTS];
        UNROLL for (int p = 0; p < P * P; p++) d[p] = load_first(pixels[p] + c, mask);
        UNROLL for (int j = 0; j < P; j++) at_points(TILE, d + j, P, t + j);
        UNROLL for (int i = 0; i < P; i++) at_points(TILE, t + i * P, 1, d + i * P);
        UNROLL for (int p = 0; p < P * P; p++) store_first(points + (size_t)p * plane + c, mask, d[p]);
    }
}

/// The results of a tile, columns [n0, n1), as far as they lie in the image.
LEAF void results_of_tile(const int TILE, const nn_winograd *w, const float *points, size_t plane, tile_place at, size_t n0, size_t n1,
                          float *results, const nn_epilogue *epilogue) {
    const int P = TILE + 2;
    const size_t rows = w->result_height - at.y, columns = w->result_width - at.x;
    float *first = results + ((at.image * w->result_height + at.y) * w->result_width + at.x) * w->filters;
    for (size_t n = n0; n < n1; n += VL) {
        const vmask mask = lanes_left(n1 - n);
        const vector_epilogue e = epilogue_at(epilogue, n, mask);
        vf m[LARGEST_POINTS * LARGEST_POINTS], t[LARGEST_TILE * LARGEST_POINTS], r[LARGEST_TILE * LARGEST_POINTS];
        UNROLL for (int p = 0; p < P * P; p++) m[p] = load_first(points + (size_t)p * plane + n, mask);
        UNROLL for (int j = 0; j < P; j++) from_points(TILE, m + j, P, t + j);
        UNROLL for (int i = 0; i < TILE; i++) from_points(TILE, t + i * P, 1, r + i * P);
        for (int i = 0; i < TILE && (size_t)i < rows; i++)
            UNROLL for (int j = 0; j < TILE; j++)
                if ((size_t)j < columns)
                    store_first(first + ((size_t)i * w->result_width + (size_t)j) * w->filters + n, mask, finish(r[i * P + j], e));
    }
}

LEAF void winograd_of(const int TILE, const nn_winograd *w, const float *images, const float *zero, const float *weights, size_t t0,
                      size_t t1, size_t n0, size_t n1, float *scratch, size_t block, float *results, const nn_epilogue *epilogue) {
    const size_t P2 = (size_t)(TILE + 2) * (size_t)(TILE + 2), channels = w->channels, filters = w->filters;
    const size_t plane = block * channels + NN_WINOGRAD_GAP, sums_plane = block * filters + NN_WINOGRAD_GAP;
    float *points = scratch, *sums = scratch + P2 * plane;
    const nn_epilogue none = {.lower = -__builtin_inff(), .upper = __builtin_inff()};
    while (t0 < t1) {
        const size_t blocks = (t1 - t0 + block - 1) / block, count = (t1 - t0 + blocks - 1) / blocks;
        for (size_t t = 0; t < count; t++)
            tile_at_points(TILE, w, images, zero, place_of(w, t0 + t), points + t * channels, plane);
        for (size_t p = 0; p < P2; p++) {
            const nn_panels panels = {weights + p * (channels * filters + NN_WINOGRAD_GAP), NN_FLOAT32};
            matmul(points + p * plane, channels, panels, count, channels, filters, n0, n1, sums + p * sums_plane, filters, &none);
        }
        for (size_t t = 0; t < count; t++)
            results_of_tile(TILE, w, sums + t * filters, sums_plane, place_of(w, t0 + t), n0, n1, results, epilogue);
        t0 += count;
    }
}

static void winograd(const nn_winograd *w, const float *images, const float *zero, const float *weights, size_t t0, size_t t1, size_t n0,
                     size_t n1, float *scratch, size_t block, float *results, const nn_epilogue *epilogue) {
    if (w->tile == 2) winograd_of(2, w, images, zero, weights, t0, t1, n0, n1, scratch, block, results, epilogue);
    else winograd_of(4, w, images, zero, weights, t0, t1, n0, n1, scratch, block, results, epilogue);
}
