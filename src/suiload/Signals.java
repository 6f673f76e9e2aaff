package suiload;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGINT and SIGTERM: the first stops in order, a second one forces. A shutdown hook cannot tell a second signal, so this
 * is {@code sun.misc.Signal}, which javac refuses to compile without a warning; hence the look-up by name, here and nowhere else.
 */
final class Signals {
    private Signals() {}

    /** Runs {@code handler} on each SIGINT and SIGTERM from now on, on a thread of the JVM's. */
    static void onStop(Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle create = lookup.findConstructor(signal, MethodType.methodType(void.class, String.class));
            MethodHandle handle = lookup.findStatic(signal, "handle", MethodType.methodType(signalHandler, signal, signalHandler));
            var armed = new AtomicBoolean();
            Runnable whenArmed = () -> {
                if (armed.get()) handler.run();
            };
            MethodHandle run = MethodHandles.lookup().findVirtual(Runnable.class, "run", MethodType.methodType(void.class)).bindTo(whenArmed);
            Object target = MethodHandleProxies.asInterfaceInstance(signalHandler, MethodHandles.dropArguments(run, 0, signal));
            // The first call links the proxy, which takes its time: now, not when a signal comes.
            lookup.findVirtual(signalHandler, "handle", MethodType.methodType(void.class, signal)).invoke(target, create.invoke("TERM"));
            armed.set(true);
            for (String name : new String[] {"INT", "TERM"}) handle.invoke(create.invoke(name), target);
        } catch (Throwable e) {
            throw new IllegalStateException("this JVM does not let a program handle SIGINT and SIGTERM", e);
        }
    }
}
