/** Under which names a server of this machine is asked for: those of the address that it listens on, and of no other. */
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'

export const LOOPBACK = '127.0.0.1'
const EVERY_ADDRESS = ['0.0.0.0', '::']
const HTTP_PORT = 80

/** Addresses of this machine that are reached where it listens on this one: itself, or all where it stands for all. */
export function reachedAddresses(listening: string): readonly string[] {
  if (!EVERY_ADDRESS.includes(listening)) return [listening]
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return addresses
    .filter(({ family }) => family === 'IPv4' || listening === '::')
    .map(({ address }) => address.split('%')[0])
}

/** As they stand in a Host field, with the port (RFC 9110 7.2). */
export function hostNames(listening: string, port: number): readonly string[] {
  const reached = reachedAddresses(listening)
  const names = [...reached, ...(reached.includes(LOOPBACK) ? ['localhost'] : [])]
  return names.flatMap((name) => {
    const host = hostInUrl(name)
    return port === HTTP_PORT ? [host, `${host}:${port}`] : [`${host}:${port}`]
  })
}

/** An address as it stands in a URL (RFC 3986 3.2.2). */
export function hostInUrl(address: string): string {
  return isIPv6(address) ? `[${address}]` : address
}

export function isThisMachine(address: string): boolean {
  return /^(?:127\.|::1$|::ffff:127\.)/.test(address)
}
