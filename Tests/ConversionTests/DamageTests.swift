import KerasFiles
import NNConvert
import NNInference
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A small `.nnc` file with everything in it: whatever bit is changed and wherever it is cut, checking it says so.
@Suite struct DamageTests {
    private let path: String

    init() { path = "/tmp/nnconv-damage-\(getpid())-\(UInt64.random(in: .min ... .max)).nnc" }

    private func isRefused(_ bytes: [UInt8]) -> Bool {
        guard let file = fopen(path, "wb") else { return false }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        do throws(ModelFileError) {
            let file = try ModelFile.open(path: path)
            do throws(CheckError) { _ = try file.check() } catch { return true }
            return false
        } catch {
            return true
        }
    }

    @Test func everyBitAndEveryLength() throws {
        defer { unlink(path) }
        let bytes = try CompactConversion(try KerasModel.open(path: Fixtures.path("keras-3.15.1/mlp_4_8_3"))).bytes()
        #expect(!isRefused(bytes))
        #expect(isRefused(bytes + [0]))
        var accepted: [String] = []
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            if !isRefused(damaged) { accepted.append("bit \(bit)") }
        }
        for length in 0..<bytes.count where !isRefused(Array(bytes[..<length])) { accepted.append("length \(length)") }
        #expect(accepted == [])
    }
}
