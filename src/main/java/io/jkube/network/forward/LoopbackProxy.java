package io.jkube.network.forward;

import io.jkube.api.ObjectKey;
import io.jkube.network.TableConsumer;
import io.jkube.network.proxy.Protocol;
import io.jkube.network.proxy.ServicePort;
import io.jkube.network.proxy.ServiceTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes the ports of 127.0.0.1 that services ask for. A node port is open while somebody
 * serves; a load balancer's stays open, so that nobody else takes it. For one thread, but for
 * {@link #close}.
 */
public final class LoopbackProxy implements TableConsumer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopbackProxy.class);

  private record Door(Protocol protocol, int port) {}

  private final Map<Door, Entrance> open = new HashMap<>();

  /** Who has the door, the first who asked. */
  private final Map<Door, ObjectKey> owners = new HashMap<>();

  /** What keeps a service from a port it asks for. */
  private final Map<ObjectKey, String> obstacles = new HashMap<>();

  /** Null until the first port is opened: most clusters need none. */
  private Relay relay;

  private boolean closed;

  @Override
  public synchronized boolean accept(ServiceTable table) {
    if (closed) {
      return true;
    }
    var wanted = wanted(table);
    open.keySet().removeIf(door -> closeUnless(wanted.containsKey(door), door));
    wanted.forEach(this::lead);
    return obstacles.isEmpty();
  }

  /** Why a service has not all the ports it asks for; null when it has. */
  synchronized String obstacle(ObjectKey service) {
    return obstacles.get(service);
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(Entrance::close);
    open.clear();
    if (relay != null) {
      relay.close();
    }
  }

  /** Of two services that ask for one port, the one that has it keeps it. */
  private Map<Door, ServicePort> wanted(ServiceTable table) {
    obstacles.clear();
    var wanted = new LinkedHashMap<Door, ServicePort>();
    for (var port : table.ports()) {
      if (port.nodePort() > 0 && !port.backends().isEmpty()) {
        put(wanted, new Door(port.protocol(), port.nodePort()), port);
      }
      if (port.balanced()) {
        put(wanted, new Door(port.protocol(), port.port()), port);
      }
    }
    owners.keySet().retainAll(wanted.keySet());
    wanted.forEach((door, port) -> owners.put(door, port.service()));
    return wanted;
  }

  private void put(Map<Door, ServicePort> wanted, Door door, ServicePort port) {
    var other = wanted.get(door);
    if (other == null) {
      wanted.put(door, port);
      return;
    }
    boolean newOne = !port.service().equals(owners.get(door));
    var loser = newOne ? port : other;
    if (!newOne) {
      wanted.put(door, port);
    }
    var holder = newOne ? other : port;
    obstacles.put(loser.service(), taken(door, "service \"" + holder.service() + "\""));
  }

  private boolean closeUnless(boolean stays, Door door) {
    if (!stays) {
      open.get(door).close();
    }
    return !stays;
  }

  private void lead(Door door, ServicePort port) {
    try {
      var entrance = open.get(door);
      if (entrance == null) {
        entrance = open(door);
        open.put(door, entrance);
      }
      entrance.lead(port);
    } catch (IOException refused) {
      var why = PortHolder.why(door.protocol, door.port, refused);
      if (!why.equals(obstacles.put(port.service(), why))) {
        LOG.debug("{}: {}", port.id(), why, refused);
      }
    }
  }

  private static String taken(Door door, String holder) {
    return "port " + door.port + " of 127.0.0.1 is held by " + holder;
  }

  private Entrance open(Door door) throws IOException {
    return switch (door.protocol) {
      case TCP -> TcpEntrance.open(door.port, relay());
      case UDP -> UdpEntrance.open(door.port);
      case SCTP -> throw new IOException("SCTP is not led through 127.0.0.1");
    };
  }

  private Relay relay() throws IOException {
    if (relay == null) {
      relay = Relay.start();
    }
    return relay;
  }
}
