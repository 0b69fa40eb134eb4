package dev.cadre.platform.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HazelcastSetupTest {

    private static final byte[] KEY = TestMembers.KEY;

    private final TestMembers members = new TestMembers();

    @AfterEach
    void stop() {
        members.close();
    }

    @Test
    void findsTheOthersByTheirAddressesAndSpeaksToThem() throws Exception {
        var first = members.start(KEY);
        var second = members.start(KEY);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> first.getCluster().getMembers().size() == 2
                        && second.getCluster().getMembers().size() == 2);
        var heard = new CopyOnWriteArrayList<String>();
        second.<String>getTopic("t").addMessageListener(message -> heard.add(message.getMessageObject()));
        ITopic<String> topic = first.getTopic("t");

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            topic.publish("hello");
            return heard.contains("hello");
        });
    }

    @Test
    void keepsAStrangerOutWhoKnowsNameAndAddress() throws Exception {
        var member = members.start(KEY);
        var strange = members.start("another key, the same cluster name".getBytes());

        // The stranger found the address, was refused and founded a cluster of its own.
        assertThat(strange.getCluster().getMembers()).hasSize(1);
        assertThat(member.getCluster().getMembers()).hasSize(1);
        assertThat(saidTo(member, "HZC")).isEqualTo(-1);
    }

    @Test
    void listensOnOneAddressOnly() throws Exception {
        int port = members.start(KEY).getCluster().getLocalMember().getAddress().getPort();

        for (var network : NetworkInterface.networkInterfaces().toList()) {
            for (var address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> connect(new InetSocketAddress(address, port)))
                            .as(address.toString())
                            .isInstanceOf(IOException.class);
                }
            }
        }
        connect(new InetSocketAddress("127.0.0.1", port)).close();
    }

    /** The first byte that a member answers to somebody who speaks at once; -1 for none. */
    private static int saidTo(HazelcastInstance member, String text) throws IOException {
        var address = member.getCluster().getLocalMember().getAddress();
        try (var socket = connect(new InetSocketAddress(address.getHost(), address.getPort()))) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(text.getBytes());
            return socket.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        var socket = new Socket();
        socket.connect(address, 5_000);
        return socket;
    }
}
