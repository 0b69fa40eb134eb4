package dev.cadre.platform.cluster;

/**
 * How busy a node is.
 *
 * @param working leased tasks that it works on
 * @param waiting leased tasks that wait for their time
 * @param cpu share of the machine's cores that its process uses, from 0 to 1
 * @param heapUsed bytes
 * @param heapMax bytes
 */
public record Load(int working, int waiting, double cpu, long heapUsed, long heapMax) {}
