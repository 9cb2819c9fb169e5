#if !hasFeature(Embedded)
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif
    #if canImport(CNNKernels)
        import CNNKernels
    #endif
    import Synchronization

    /// Work that several workers share. One object serves every step, so that sharing allocates nothing.
    class SharedWork: @unchecked Sendable {
        func run(_ units: Range<Int>, worker: Int) {}
    }

    private final class SharedFunction: SharedWork, @unchecked Sendable {
        private let body: @Sendable (Range<Int>, Int) -> Void

        init(_ body: @escaping @Sendable (Range<Int>, Int) -> Void) { self.body = body }

        override func run(_ units: Range<Int>, worker: Int) { body(units, worker) }
    }

    /// Threads that share a step's parts with the caller. They wait awake for a moment, then asleep.
    ///
    /// The caller is worker 0. Parts are dealt out in fixed ranges, so a run makes the same calls whatever the timing.
    package final class WorkerPool {
        private let crew: Crew

        /// Starts `workers - 1` threads, or as many as the system gives.
        init(workers: Int, sharing work: SharedWork) {
            crew = Crew(work)
            crew.start(workers)
        }

        /// `body` is given some parts, and which worker it is called by.
        package convenience init(workers: Int, _ body: @escaping @Sendable (Range<Int>, Int) -> Void) {
            self.init(workers: workers, sharing: SharedFunction(body))
        }

        deinit { crew.stop() }

        /// Has the parts `0..<units` of the work done and returns when all are.
        package func run(units: Int) { crew.run(units) }
    }

    /// What the workers have in common; each thread keeps it alive.
    private final class Crew: @unchecked Sendable {
        private let work: SharedWork
        /// Written before the first job is given out.
        private var workers = 1
        /// Counts the jobs given out; its change is what workers wait for. `units` is written before it and read after.
        private let generation = Atomic<Int>(0)
        private let unfinished = Atomic<Int>(0)
        private let isStopped = Atomic<Bool>(false)
        private let sleepers = Atomic<Int>(0)
        private var units = 0
        private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

        init(_ work: SharedWork) {
            self.work = work
            mutex.initialize(to: pthread_mutex_t())
            condition.initialize(to: pthread_cond_t())
            pthread_mutex_init(mutex, nil)
            pthread_cond_init(condition, nil)
        }

        deinit {
            pthread_mutex_destroy(mutex)
            pthread_cond_destroy(condition)
            mutex.deallocate()
            condition.deallocate()
        }

        /// A thread's place in the crew, to its start.
        private final class Member {
            let crew: Crew
            let worker: Int

            init(_ crew: Crew, _ worker: Int) {
                self.crew = crew
                self.worker = worker
            }
        }

        func start(_ wanted: Int) {
            for worker in 1..<wanted {
                let member = Unmanaged.passRetained(Member(self, worker))
                guard Crew.startThread(member.toOpaque()) else { return member.release() }
                workers += 1
            }
        }

        private static func startThread(_ member: UnsafeMutableRawPointer) -> Bool {
            #if canImport(Darwin)
                var thread: pthread_t?
                let status = pthread_create(&thread, nil, { Crew.enter($0) }, member)
                guard status == 0, let thread else { return false }
            #else
                var thread = pthread_t()
                let status = pthread_create(&thread, nil, { $0.flatMap { Crew.enter($0) } }, member)
                guard status == 0 else { return false }
            #endif
            pthread_detach(thread)
            return true
        }

        private static func enter(_ member: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
            let member = Unmanaged<Member>.fromOpaque(member).takeRetainedValue()
            member.crew.serve(as: member.worker)
            return nil
        }

        func stop() {
            isStopped.store(true, ordering: .sequentiallyConsistent)
            announce()
        }

        func run(_ units: Int) {
            self.units = units
            unfinished.store(workers - 1, ordering: .relaxed)
            announce()
            work.run(share(of: 0), worker: 0)
            while unfinished.load(ordering: .acquiring) > 0 { pause() }
        }

        private func announce() {
            generation.add(1, ordering: .sequentiallyConsistent)
            guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
            pthread_mutex_lock(mutex)
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }

        private func serve(as worker: Int) {
            var seen = 0
            while true {
                seen = waitForJob(after: seen)
                if isStopped.load(ordering: .sequentiallyConsistent) { return }
                work.run(share(of: worker), worker: worker)
                unfinished.subtract(1, ordering: .acquiringAndReleasing)
            }
        }

        private func waitForJob(after seen: Int) -> Int {
            for _ in 0..<20_000 {
                let now = generation.load(ordering: .acquiring)
                if now != seen { return now }
                pause()
            }
            pthread_mutex_lock(mutex)
            sleepers.add(1, ordering: .sequentiallyConsistent)
            while generation.load(ordering: .sequentiallyConsistent) == seen { pthread_cond_wait(condition, mutex) }
            sleepers.subtract(1, ordering: .sequentiallyConsistent)
            pthread_mutex_unlock(mutex)
            return generation.load(ordering: .acquiring)
        }

        private func share(of worker: Int) -> Range<Int> { units * worker / workers..<units * (worker + 1) / workers }

        @inline(__always)
        private func pause() {
            #if canImport(CNNKernels)
                nn_pause()
            #endif
        }
    }
#endif
