/** A lab with a host that is a gateway, a client behind it, and servers of this computer on loopback. */
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { Ipv6RouterSide } from '../../firmware/net/ipv6/ipv6-router-side.js'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import { createLab, type HostLab, type LabPeer } from '../../host/lab.js'
import {
  type GatewayOptions,
  type RunningGateway,
  startGateway,
} from '../../host/node/network/gateway/start-gateway.js'

export const FAMILIES = ['ipv4', 'ipv6'] as const
/** The gateway's own addresses, and the client's. */
export const GATEWAY_ADDRESS = { ipv4: '192.168.7.1', ipv6: 'fd00:7::1' }
export const CLIENT_ADDRESSES = { ipv4: '192.168.7.2', ipv6: 'fd00:7::2' }
export const LOOPBACK_ADDRESS = { ipv4: '127.0.0.1', ipv6: '::1' }

const opened: { close(): void }[] = []

/** Closes something when the test is over. */
export function closeLater<Thing extends { close(): void }>(thing: Thing): Thing {
  opened.push(thing)
  return thing
}

/** For the top of a test file: what was opened is closed after each test. */
export function closeAfterEach(): void {
  afterEach(() => {
    for (const each of opened.splice(0).reverse()) each.close()
  })
}

export interface GatewayScene {
  readonly lab: HostLab
  readonly gateway: RunningGateway
  readonly host: LabPeer
  readonly client: LabPeer
}

/** This computer is on no network here, so that what is tested does not depend on where. */
export async function gatewayScene(options: GatewayOptions = {}): Promise<GatewayScene> {
  const lab = createLab({ seed: 16 })
  const host = lab.addHost({
    name: 'gateway',
    address: `${GATEWAY_ADDRESS.ipv4}/24`,
    ipv6: { side: Ipv6RouterSide, addresses: [`${GATEWAY_ADDRESS.ipv6}/64`], advertise: { prefixes: ['fd00:7::/64'] } },
  })
  const client = lab.addHost({
    name: 'client',
    address: `${CLIENT_ADDRESSES.ipv4}/24`,
    gateway: GATEWAY_ADDRESS.ipv4,
    ipv6: { side: Ipv6Side, addresses: [`${CLIENT_ADDRESSES.ipv6}/64`] },
  })
  lab.connect(host.port, client.port)
  const settled = ({ stack }: LabPeer) =>
    stack.interfaces[0].ipv6?.isReady === true &&
    stack.interfaces[0].ipv6.addresses.every(({ state }) => state === 'PREFERRED')
  const knowsRouter = () => (client.stack.interfaces[0].ipv6?.routers.length ?? 0) > 0
  await lab.run({ until: () => settled(host) && settled(client) && knowsRouter(), for: 30 * SECOND })
  const gateway = closeLater(await startGateway(host, { ownNetworks: [], ...options }))
  return { lab, gateway, host, client }
}

/** A server of this computer. @returns its port */
export async function systemServer(address: string, serve: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, serve)
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  closeLater({
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  })
  return portOf(server)
}

/** A port of this computer that nobody has. */
export async function closedPort(address: string): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function portOf(server: Server): number {
  return (server.address() as { readonly port: number }).port
}
