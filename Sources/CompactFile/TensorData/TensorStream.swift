import KerasFiles
import NNInference
import Synchronization

/// Copies tensors from a Keras file to a `.nnc` file, in the order of elements that the latter asks for. Several workers take blocks in
/// turn: while one waits for the system to take its bytes, another reads and orders its own. Their buffers are all the memory it takes,
/// whatever the tensors' size, and the bytes are the same for any number of workers.
struct TensorStream<Sink: FileSink> {
    private let pool: WorkerPool
    private let work: SharedCopy<Sink>

    init(to sink: Sink, workers: Int, blockSize: Int = 8 << 20) {
        let work = SharedCopy(to: sink, workers: workers, blockSize: blockSize)
        self.work = work
        pool = WorkerPool(workers: workers) { units, worker, _ in work.copy(units, worker: worker) }
    }

    /// Writes one tensor's bytes at `offset` and gives their checksum. `progress` is told the bytes of every few blocks.
    func copy(
        _ entry: CompactFileContent.Entry, at offset: UInt64, progress: (Int) -> Void = { _ in }
    ) throws(CompactFileError) -> UInt32 {
        work.begin(entry, at: offset)
        while let count = work.nextRound() {
            pool.run(units: count)
            progress(try work.endRound())
        }
        return work.checksum
    }
}

/// A tensor that is being copied, round by round. Workers are at work during a round only; what is not theirs changes between rounds.
private final class SharedCopy<Sink: FileSink>: @unchecked Sendable {
    private let sink: Sink
    private let blockSize: Int
    private let workers: [Worker]
    private var tensor: Tensor?
    private var blocks: TensorBlocks?
    private var start: UInt64 = 0
    private var round = 0..<0
    private let results = Mutex(Results())

    /// Used by one worker only.
    private final class Worker { var copy = BlockCopy() }

    private struct Results {
        /// Those of the parts of every block.
        var checksums: [[UInt32]] = []
        /// The first block that failed in a round.
        var failure: (block: Int, error: CompactFileError)?
    }

    /// Blocks of a round for each worker: with one each, all would read and all would write at the same time.
    private static var blocksPerWorker: Int { 4 }

    init(to sink: Sink, workers: Int, blockSize: Int) {
        self.sink = sink
        self.blockSize = blockSize
        self.workers = (0..<workers).map { _ in Worker() }
    }

    func begin(_ entry: CompactFileContent.Entry, at offset: UInt64) {
        let blocks = TensorBlocks(entry, blockSize: blockSize)
        (tensor, self.blocks, start, round) = (entry.tensor, blocks, offset, 0..<0)
        results.withLock { $0 = Results(checksums: Array(repeating: [], count: blocks.count)) }
    }

    /// How many blocks the round that begins has; nil when all are copied.
    func nextRound() -> Int? {
        guard let count = blocks?.count, round.upperBound < count else { return nil }
        round = round.upperBound..<min(round.upperBound + workers.count * Self.blocksPerWorker, count)
        return round.count
    }

    /// Copies some blocks of the round.
    func copy(_ units: Range<Int>, worker: Int) {
        guard let tensor, let blocks else { return }
        for index in round.dropFirst(units.lowerBound).prefix(units.count) {
            do throws(CompactFileError) {
                let checksums = try workers[worker].copy.copy(blocks[index], of: tensor, blocks, to: sink, at: start)
                results.withLock { $0.checksums[index] = checksums }
            } catch {
                results.withLock { if $0.failure.map({ index < $0.block }) ?? true { $0.failure = (index, error) } }
                return
            }
        }
    }

    /// The bytes of the round.
    func endRound() throws(CompactFileError) -> Int {
        if let failure = results.withLock({ $0.failure }) { throw failure.error }
        guard let blocks else { return 0 }
        return round.reduce(0) { $0 + blocks[$1].rows.count * blocks[$1].columns.count * blocks.matrix.elementSize }
    }

    /// Of the whole tensor, once it is copied.
    var checksum: UInt32 { blocks?.checksum(results.withLock { $0.checksums }) ?? CRC32C().value }
}
