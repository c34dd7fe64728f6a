/** A UDP socket of the system, as the gateway uses one. */
import { createSocket, type Socket } from 'node:dgram'
import type { Family } from '../../../../firmware/net/ip.js'

export function udpSocket(family: Family): Socket {
  return createSocket({ type: family === 'ipv4' ? 'udp4' : 'udp6', ipv6Only: family === 'ipv6' })
}

/** Octets that wait in a socket for the system, at most: beyond it a datagram is lost, as on a wire that is full. */
const MOST_QUEUED = 262_144

/** Whether one datagram more may be handed to a socket. */
export function hasRoom(socket: Socket): boolean {
  return socket.getSendQueueSize() < MOST_QUEUED
}
