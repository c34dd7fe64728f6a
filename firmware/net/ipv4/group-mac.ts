/** The Ethernet addresses of IPv4's groups. */
import { ALL_HOSTS, type Ipv4Address, MAC_OCTETS, type MacAddress } from '../address.js'

/** Writes the Ethernet address of a group: its low 23 bits below 01-00-5E-00-00-00 (RFC 1112 6.4). */
export function writeGroupMac(group: Ipv4Address, octets: Uint8Array): void {
  octets[0] = 0x01
  octets[1] = 0x00
  octets[2] = 0x5e
  octets[3] = (group >>> 16) & 0x7f
  octets[4] = group >>> 8
  octets[5] = group
}

/** The Ethernet addresses that a member of groups listens to: a member of any receives queries about all of them, too. */
export function groupMacs(groups: readonly Ipv4Address[]): MacAddress[] {
  const heard = groups.length === 0 ? [] : [ALL_HOSTS, ...groups]
  return heard.map((group) => {
    const mac = new Uint8Array(MAC_OCTETS)
    writeGroupMac(group, mac)
    return mac
  })
}
