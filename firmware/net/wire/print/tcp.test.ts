import { describe, expect, it } from 'vitest'
import type { TcpSegment } from '../tcp.js'
import { controlBits, printRfc9293, printTcp } from './tcp.js'

const segment = (more: Partial<TcpSegment>): TcpSegment => ({
  sourcePort: 49_152,
  destinationPort: 80,
  sequence: 100,
  acknowledgement: 0,
  flags: 0x02,
  window: 1460,
  urgentPointer: 0,
  options: {},
  unknownOptions: [],
  payloadAt: 20,
  payloadEnd: 20,
  ...more,
})

/** RFC 9293 3.5, figure 6: `<SEQ=100><CTL=SYN>`, `<SEQ=300><ACK=101><CTL=SYN,ACK>`, `<SEQ=101><ACK=301><CTL=ACK>`. */
describe('a segment as RFC 9293 writes it', () => {
  it('has its numbers and control bits by their names', () => {
    expect(printRfc9293(segment({}))).toBe('<SEQ=100><CTL=SYN><WND=1460> length 0')
    expect(printRfc9293(segment({ sequence: 300, acknowledgement: 101, flags: 0x12 }))).toBe(
      '<SEQ=300><ACK=101><CTL=SYN,ACK><WND=1460> length 0',
    )
    expect(printRfc9293(segment({ flags: 0x18, acknowledgement: 301, payloadEnd: 30 }))).toBe(
      '<SEQ=100><ACK=301><CTL=PSH,ACK><WND=1460> length 10',
    )
    expect(printRfc9293(segment({ flags: 0x30, acknowledgement: 301, urgentPointer: 7 }))).toContain('<UP=7>')
  })

  it('has its options behind them, in the words of tcpdump', () => {
    const options = { maximumSegmentSize: 536, windowScale: 3, sackPermitted: true, sack: [[5, 9]] } as const
    expect(printRfc9293(segment({ options }))).toBe(
      '<SEQ=100><CTL=SYN><WND=1460> options [mss 536,wscale 3,sackOK,sack 1 {5:9}], length 0',
    )
    expect(printTcp(segment({ options }))).toContain('options [mss 536,wscale 3,sackOK,sack 1 {5:9}], length 0')
  })

  it('names every control bit of RFC 9293 3.1', () => {
    expect(controlBits(0xff)).toBe('SYN,FIN,RST,PSH,ACK,URG,ECE,CWR')
    expect(controlBits(0)).toBe('none')
  })
})
