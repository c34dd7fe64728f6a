/** What tshark makes of frames. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withFcs } from '../../boards/ethernet/fcs.js'
import { PcapngWriter } from '../../host/capture/pcapng.js'
import { installCommand, locate, TOOLS } from './tools.js'

/**
 * One array of fields a frame, `_ws.malformed` and `_ws.expert.message` among those one can ask for; a field that a frame
 * has several of gives them with commas between.
 * @param frames destination address to the end of the payload
 * @param preferences of tshark (`-o`), besides that checksums are checked: `tcp.relative_sequence_numbers:FALSE`
 * @throws Error when tshark is missing
 */
export function dissect(
  frames: readonly Uint8Array[],
  fields: readonly string[],
  preferences: readonly string[] = [],
): string[][] {
  const command = locate('tshark')
  const tool = TOOLS.find((each) => each.command === 'tshark')!
  if (command === undefined) throw new Error(`tshark judges our frames and is missing: ${installCommand([tool])}`)
  const blocks: Uint8Array[] = []
  const writer = new PcapngWriter((octets) => blocks.push(octets))
  const port = writer.addInterface({ name: 'test' })
  for (const [at, frame] of frames.entries()) {
    const padded = new Uint8Array(Math.max(60, frame.length))
    padded.set(frame)
    writer.packet(port, withFcs(padded), { at, direction: 'outbound' })
  }
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-dissect-'))
  try {
    const path = join(folder, 'frames.pcapng')
    writeFileSync(path, Buffer.concat(blocks))
    const checks = ['tcp', 'udp', 'ip'].map((each) => `${each}.check_checksum:TRUE`)
    const options = [...checks, ...preferences].flatMap((each) => ['-o', each])
    const select = fields.flatMap((field) => ['-e', field])
    const out = execFileSync(command, ['-n', '-r', path, ...options, '-T', 'fields', ...select], {
      encoding: 'utf8',
      maxBuffer: 64 << 20,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return out
      .split('\n')
      .slice(0, frames.length)
      .map((line) => line.split('\t'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
