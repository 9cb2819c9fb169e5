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

    /// Threads that share a step's parts with the caller. They wait awake for a moment, then asleep.
    ///
    /// The caller is worker 0. Parts are dealt out in fixed ranges, so a run makes the same calls whatever the timing. Each worker takes its
    /// own range first and then those that nobody has begun with, so that no one waits for a thread that has no core to run on.
    package final class WorkerPool {
        private let crew: Crew

        /// Some parts of the work, who does them, and in which phase.
        package typealias Work = @Sendable (_ units: Range<Int>, _ worker: Int, _ phase: Int) -> Void

        /// Starts `workers - 1` threads, or as many as the system gives. The work is the same for every run, so that one allocates nothing.
        package init(workers: Int, _ work: @escaping Work) {
            crew = Crew(work, workers)
            crew.start(workers)
        }

        deinit { crew.stop() }

        /// Has the parts `0..<units` of the work done and returns when all are.
        ///
        /// - Parameter phases: how often; nobody begins with one before everybody is done with the one before it.
        package func run(units: Int, phases: Int = 1) { crew.run(units, phases) }
    }

    /// What the workers have in common; each thread keeps it alive.
    private final class Crew: @unchecked Sendable {
        private let work: WorkerPool.Work
        /// Written before the first job is given out.
        private var workers = 1
        /// Counts the jobs given out; its change is what workers wait for.
        private let generation = Atomic<Int>(0)
        /// Workers that are at the job besides the caller; -1 while there is none. What follows is written then and read by those inside.
        private let inside = Atomic<Int>(-1)
        private var units = 0
        private var phases = 0..<0
        /// Counts phases of all jobs, and what is left to do of this one.
        private let phase = Atomic<Int>(0)
        private let unfinished = Atomic<Int>(0)
        private let ranges: Ranges
        private let isStopped = Atomic<Bool>(false)
        private let sleepers = Atomic<Int>(0)
        private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

        init(_ work: @escaping WorkerPool.Work, _ wanted: Int) {
            self.work = work
            ranges = Ranges(wanted)
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

        /// For each range of parts the phase in which it is next to be done. Each has a line of the cache to itself.
        private final class Ranges {
            private static let lines = 64 / MemoryLayout<Atomic<Int>>.stride
            private let next: UnsafeMutablePointer<Atomic<Int>>
            private let count: Int

            init(_ ranges: Int) {
                count = ranges * Ranges.lines
                next = .allocate(capacity: count)
                for index in 0..<count { (next + index).initialize(to: Atomic(0)) }
            }

            deinit {
                next.deinitialize(count: count)
                next.deallocate()
            }

            /// Whether the caller is the one to do a range in a phase.
            func take(_ range: Int, _ phase: Int) -> Bool {
                let place = next + range * Ranges.lines
                guard place.pointee.load(ordering: .relaxed) == phase else { return false }
                return place.pointee.compareExchange(expected: phase, desired: phase + 1, ordering: .acquiringAndReleasing).exchanged
            }
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

        func run(_ units: Int, _ phases: Int) {
            let first = phase.load(ordering: .relaxed)
            self.units = units
            self.phases = first..<first + phases
            unfinished.store(workers, ordering: .relaxed)
            inside.store(0, ordering: .releasing)
            announce()
            perform(as: 0)
            // Who comes late stays outside.
            wait { inside.compareExchange(expected: 0, desired: -1, ordering: .acquiringAndReleasing).exchanged }
        }

        private func perform(as worker: Int) {
            let work = work
            var now = phase.load(ordering: .acquiring)
            while now < phases.upperBound {
                for turn in 0..<workers {
                    let range = worker + turn < workers ? worker + turn : worker + turn - workers
                    guard ranges.take(range, now) else { continue }
                    work(units * range / workers..<units * (range + 1) / workers, worker, now - phases.lowerBound)
                    guard unfinished.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { continue }
                    unfinished.store(workers, ordering: .relaxed)
                    phase.store(now + 1, ordering: .releasing)
                }
                // The last phase's end concerns the caller only.
                if worker > 0, now + 1 == phases.upperBound { return }
                wait { phase.load(ordering: .acquiring) != now }
                now = phase.load(ordering: .acquiring)
            }
        }

        private func enter() -> Bool {
            var count = inside.load(ordering: .relaxed)
            while count >= 0 {
                let (exchanged, found) = inside.compareExchange(expected: count, desired: count + 1, ordering: .acquiringAndReleasing)
                if exchanged { return true }
                count = found
            }
            return false
        }

        /// Waits awake; a thread that has no core gets this one after a moment.
        private func wait(_ isOver: () -> Bool) {
            var turns = 0
            while !isOver() {
                turns += 1
                if turns > 1_000 { sched_yield() } else { pause() }
            }
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
                guard enter() else { continue }
                perform(as: worker)
                inside.subtract(1, ordering: .releasing)
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

        @inline(__always)
        private func pause() {
            #if canImport(CNNKernels)
                nn_pause()
            #endif
        }
    }
#endif
