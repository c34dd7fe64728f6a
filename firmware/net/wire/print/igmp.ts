/** An IGMP message in one line, in the manner of tcpdump. */
import { formatIpv4 } from '../../address.js'
import { IGMP_LEAVE, IGMP_QUERY, IGMP_REPORT_V1, IGMP_REPORT_V2, parseIgmp } from '../igmp.js'

export function printIgmp(octets: Uint8Array, at: number, end: number): string {
  const igmp = parseIgmp(octets, at, end)
  if (typeof igmp === 'string') return `igmp, bad ${igmp}, length ${end - at}`
  const group = formatIpv4(igmp.group)
  switch (igmp.type) {
    case IGMP_QUERY: {
      const about = igmp.group === 0 ? '' : ` [gaddr ${group}]`
      if (igmp.maximumResponse === 0) return `igmp query v1${about}`
      return `igmp query v2 [max resp time ${igmp.maximumResponse / 10} s]${about}`
    }
    case IGMP_REPORT_V1:
      return `igmp v1 report ${group}`
    case IGMP_REPORT_V2:
      return `igmp v2 report ${group}`
    case IGMP_LEAVE:
      return `igmp leave ${group}`
    default:
      return `igmp type 0x${igmp.type.toString(16).padStart(2, '0')}, length ${end - at}`
  }
}
