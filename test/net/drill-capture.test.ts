/** Frames of scripts of IPv6, as tshark sees them: those of the stack, those of the script, and those of the wire itself. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { withFcs } from '../../boards/ethernet/fcs.js'
import { PcapngWriter } from '../../host/capture/pcapng.js'
import { drill } from '../../host/drill/drill.js'
import { readScripts } from '../../host/node/drill/script-files.js'
import { judgeByTshark, LOSS, ORDINARY, unexplained } from './tshark.js'

const SCRIPTS = (await readScripts([new URL('../drill', import.meta.url).pathname])).filter(({ file }) =>
  /\/(?:ipv6-|textbook-)[^/]*$/.test(file),
)
/** What these scripts do on purpose: they reset, send what no message of ICMPv6 is, data at port 8080 that are no HTTP, and `R 1:1(0) ack 1`. */
const ON_PURPOSE = [
  /^Connection reset/,
  /^Dissector for ICMPv# Type \(#\) code not implemented/,
  /^Illegal characters found in header name$/,
  /^Trailing stray characters$/,
  /^The acknowledgment number field is nonzero while the ACK flag is not set$/,
]

const folder = mkdtempSync(join(tmpdir(), 'linkpulse-drill-capture-'))
afterAll(() => rmSync(folder, { recursive: true }))

function captureOf(file: string, text: string): string {
  const octets: Uint8Array[] = []
  const writer = new PcapngWriter((part) => octets.push(part.slice()))
  const port = writer.addInterface({ name: file })
  const { verdict } = drill(file, text, {
    onFrame: (at, direction, frame) => writer.packet(port, withFcs(frame), { at, direction }),
  })
  expect(verdict).toBe('pass')
  const path = join(folder, file.replace(/^.*\/(.*)\.pkt$/, '$1.pcapng'))
  writeFileSync(path, Buffer.concat(octets))
  return path
}

describe('a capture of a script of IPv6', () => {
  it.each(SCRIPTS.map(({ file, text }) => ({ name: file.replace(/^.*\//, ''), text })))(
    '$name: tshark finds no fault in it',
    ({ name, text }) => {
      const judgement = judgeByTshark(captureOf(`/${name}`, text))
      expect(judgement.frames).toBeGreaterThan(3)
      expect(judgement.wrong).toEqual([])
      expect(unexplained(judgement, [...ORDINARY, ...LOSS, ...ON_PURPOSE])).toEqual({})
    },
  )

  it('has what is not in the trace: the question for a neighbour, and its answer (RFC 4861 4.3, 4.4)', () => {
    const script = SCRIPTS.find(({ file }) => file.endsWith('/ipv6-handshake.pkt'))
    const path = captureOf('/once-more.pkt', script?.text ?? '')
    const { stdout } = spawnSync(
      'tshark',
      ['-r', path, '-Y', 'icmpv6', '-T', 'fields', '-e', 'icmpv6.type', '-e', 'ipv6.dst'],
      {
        encoding: 'utf8',
      },
    )
    const lines = stdout.trim().split('\n').slice(0, 2)
    // To the solicited-node group of the gateway (RFC 4291 2.7.1), and back to who asked.
    expect(lines).toEqual(['135\tff02::1:ff00:1', '136\tfd3d:fa7b:d17d::1'])
  })
})
