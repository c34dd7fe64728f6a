/**
 * The network of a lab and nothing else of linkpulse: hosts, boards and their sockets, with errors by name.
 *
 *     import { createLab } from 'linkpulse/net'
 *     const lab = createLab()
 *     const [a, b] = ['10.0.0.1/24', '10.0.0.2/24'].map((address) => lab.addHost({ address }))
 *     lab.connect(a.port, b.port)
 *     const server = b.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 7 }).listen()
 */
export type { LabConnectOptions } from '../boards/lab-settings.js'
export type { Dhcpv6Client, Dhcpv6ClientCounters, Dhcpv6LeaseEnd } from '../firmware/net/dhcpv6/client.js'
export type { Dhcpv6ClientState } from '../firmware/net/dhcpv6/client-machine.js'
export type { Dhcpv6Lease } from '../firmware/net/dhcpv6/lease.js'
export type { Dhcpv6Server, Dhcpv6ServerSettings } from '../firmware/net/dhcpv6/server.js'
export { type Dhcpv6Mode, type Dhcpv6Settings, startDhcpv6, startDhcpv6Server } from '../firmware/net/dhcpv6/start.js'
export { NET_ERRORS, NetError, type NetErrorCode } from '../firmware/net/errors.js'
export { Ipv6RouterSide } from '../firmware/net/ipv6/ipv6-router-side.js'
export { Ipv6Side } from '../firmware/net/ipv6/ipv6-side.js'
export type { AdvertisedPrefix, AdvertisedRoute, RouterSettings } from '../firmware/net/nd/router-settings.js'
export { TemporaryAddresses } from '../firmware/net/nd/temporary-addresses.js'
export { SERVICES, type Service, type ServiceName, type ServiceOptions } from '../firmware/services/service.js'
export { startService } from '../firmware/services/services.js'
export type { Endpoint, SocketAddress } from '../firmware/socket/endpoint.js'
export { BSD_OPTIONS, bsdOption, type SocketProtocol, type SocketType } from '../firmware/socket/options.js'
export type { DatagramInfo, SendToOptions, SocketReadiness, SocketWriteOptions } from '../firmware/socket/socket.js'
export { type HostIpv6, Stack, type StackOptions } from '../firmware/stack.js'
export { createLab, HostLab, type HostLabOptions, LabBoard, LabPeer, type LabRunOptions } from './lab.js'
export { WaitError } from './lab-time.js'
export { Pace, type PaceOptions } from './pace.js'
export { LabSocket, type ReceivedDatagram } from './socket.js'
