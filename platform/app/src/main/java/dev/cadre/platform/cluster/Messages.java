package dev.cadre.platform.cluster;

import dev.cadre.platform.cluster.internal.Link;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Says things to all other nodes at once, and to nobody where there are none. A message may be lost and may come twice:
 * who must not miss anything looks at the database as well, from time to time.
 */
@Component
public class Messages implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Messages.class);
    private static final int WAITING = 10_000;
    private static final int AT_ONCE = 200;

    private record Message(String topic, String text) {}

    private final Link link;
    private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();
    private final BlockingQueue<Message> outgoing = new ArrayBlockingQueue<>(WAITING);
    private final Thread sender;

    Messages(Link link) {
        this.link = link;
        link.receive(this::received);
        sender = Thread.ofPlatform().name("cluster-messages").daemon().start(this::send);
    }

    /** Never waits; with too many messages under way this one is dropped. */
    public void send(String topic, String text) {
        if (link.hasOthers()) {
            outgoing.offer(new Message(topic, text));
        }
    }

    /** What other nodes say under a topic, which has one listener; it must not block. */
    public void listen(String topic, Consumer<String> listener) {
        listeners.put(topic, listener);
    }

    private void send() {
        var batch = new ArrayList<Message>();
        try {
            while (true) {
                batch.clear();
                batch.add(outgoing.take());
                outgoing.drainTo(batch, AT_ONCE - 1);
                publish(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(ArrayList<Message> batch) {
        var words = new ArrayList<String>(2 * batch.size());
        batch.forEach(message -> {
            words.add(message.topic());
            words.add(message.text());
        });
        try {
            link.publish(words.toArray(String[]::new));
        } catch (RuntimeException e) {
            log.debug("{} messages to other nodes are lost", batch.size(), e);
        }
    }

    private void received(String[] words) {
        for (int i = 0; i + 1 < words.length; i += 2) {
            var listener = listeners.get(words[i]);
            if (listener != null) {
                tell(listener, words[i], words[i + 1]);
            }
        }
    }

    private static void tell(Consumer<String> listener, String topic, String text) {
        try {
            listener.accept(text);
        } catch (RuntimeException e) {
            log.warn("A message of another node about {} was not understood", topic, e);
        }
    }

    @Override
    public void destroy() {
        sender.interrupt();
    }
}
