/** Why no receiver takes a header, in words. */
import type { HeaderFault } from '../../../firmware/net/wire/read-frame.js'
import { type PlainKey, type Told, told } from '../words/told.js'

const WORDS: Readonly<Record<HeaderFault['why'], PlainKey>> = {
  truncated: 'header.fault.truncated',
  'not IPv4 over Ethernet': 'header.fault.other-network',
  version: 'header.fault.version',
  'header length': 'header.fault.header-length',
  'total length': 'header.fault.total-length',
  'header checksum': 'header.fault.header-checksum',
  checksum: 'header.fault.checksum',
  'data offset': 'header.fault.data-offset',
  'option length': 'header.fault.option-length',
  length: 'header.fault.length',
}

export function headerFaultTold({ why }: HeaderFault): Told {
  return told(WORDS[why])
}
