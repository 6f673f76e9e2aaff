package suiload.users;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import suiload.metrics.RequestContext;

/** Workers of one request, a virtual thread each: its id, deadline and meters hold for them too. */
final class Crew {
    private Crew() {}

    /** Returns when all are done; the first failure is thrown, and ends the others. */
    static void run(List<Runnable> workers) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                var ended = new ExecutorCompletionService<Void>(threads);
                for (Runnable worker : workers) ended.submit(inContext(worker));
                for (int i = 0; i < workers.size(); i++) ended.take().get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static Callable<Void> inContext(Runnable work) {
        Optional<RequestContext> context = RequestContext.current();
        return () -> {
            if (context.isPresent()) ScopedValue.where(RequestContext.CURRENT, context.get()).run(work);
            else work.run();
            return null;
        };
    }
}
