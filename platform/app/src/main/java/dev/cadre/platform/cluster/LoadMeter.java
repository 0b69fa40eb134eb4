package dev.cadre.platform.cluster;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/** Reads how busy this node is. Whoever holds leases says how many. */
@Component
public class LoadMeter {

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private volatile IntSupplier working = () -> 0;
    private volatile IntSupplier waiting = () -> 0;

    /** Both are asked once a second and must answer at once. */
    public void countTasks(IntSupplier atWork, IntSupplier forTheirTime) {
        working = atWork;
        waiting = forTheirTime;
    }

    public Load read() {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        double cpu = system.getProcessCpuLoad();
        return new Load(
                working.getAsInt(),
                waiting.getAsInt(),
                Double.isFinite(cpu) ? Math.clamp(cpu, 0, 1) : 0,
                heap.getUsed(),
                Math.max(0, heap.getMax()));
    }
}
