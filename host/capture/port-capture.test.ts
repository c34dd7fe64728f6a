import { describe, expect, it } from 'vitest'
import { createBareLab } from '../../boards/lab.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { capturedFrames } from '../../test/support/captured-frames.js'
import { PcapngWriter } from './pcapng.js'
import { PortCapture } from './port-capture.js'

/** Three hosts on a box; the first pings the second five times. */
function captured(kind: 'hub' | 'switch') {
  const lab = createBareLab({ seed: 3 })
  const box = kind === 'hub' ? lab.addHub({ ports: 4 }) : lab.addSwitch({ ports: 4 })
  const hosts = [1, 2, 3].map((n) => lab.addHost({ name: `host ${n}`, address: `192.168.7.${n}/24` }))
  const cables = hosts.map((host, i) => lab.connect(host.port, box.ports[i], { length: 10 * (i + 1) }))
  const parts: Uint8Array[] = []
  const writer = new PcapngWriter((part) => parts.push(part))
  const capture = new PortCapture({
    writer,
    cables: cables.map((cable, i) => ({ cable, a: `host ${i + 1}`, b: `port ${i + 1}` })),
  })
  lab.runFor(2 * SECOND)
  for (let i = 0; i < 5; i++) {
    hosts[0].network.ping('192.168.7.2', {}, () => {})
    lab.runFor(SECOND)
  }
  capture.close()
  const frames = capturedFrames(Buffer.concat(parts))
  const at = (name: string, direction: string) =>
    frames.filter((frame) => frame.interface === name && frame.direction === direction).length
  return { frames, capture, at }
}

describe('a capture of every port', () => {
  it('stands in the order of time, each frame at both ends of its cable', () => {
    const { frames, capture } = captured('hub')
    const times = frames.map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(frames).toHaveLength(capture.frames)
    expect(new Set(frames.map((frame) => frame.interface)).size).toBe(6)
  })

  it('of a hub: all ports but the sender’s send what came in', () => {
    const { at } = captured('hub')
    // An ARP request and its answer, five echoes and theirs.
    expect([at('port 1', 'inbound'), at('port 2', 'inbound'), at('port 3', 'inbound')]).toEqual([6, 6, 0])
    expect([at('port 1', 'outbound'), at('port 2', 'outbound'), at('port 3', 'outbound')]).toEqual([6, 6, 12])
    expect(at('host 3', 'inbound')).toBe(12)
  })

  it('of a switch: the third port sends the question who has the address, and nothing else', () => {
    const { at } = captured('switch')
    expect([at('port 1', 'outbound'), at('port 2', 'outbound'), at('port 3', 'outbound')]).toEqual([6, 6, 1])
  })
})
