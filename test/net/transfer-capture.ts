/** Runs a transfer again with a capture of both ends, for whoever looks into a failure. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PcapngWriter } from '../../host/capture/pcapng.js'
import { runTransfer, type TransferPlan } from './transfer.js'

/** Returns the path of the pcapng file; both ends are interfaces of it. */
export function captureTransfer(plan: TransferPlan, path = temporaryPath(plan.seed)): string {
  const parts: Uint8Array[] = []
  const writer = new PcapngWriter((octets) => parts.push(octets), `transfer ${plan.seed}: ${JSON.stringify(plan)}`)
  const interfaces = {
    a: writer.addInterface({ name: 'a', fcs: false }),
    b: writer.addInterface({ name: 'b', fcs: false }),
  }
  try {
    runTransfer(plan, (end, at, direction, frame) => writer.packet(interfaces[end], frame, { at, direction }))
  } catch {
    // The failure is known; what led to it is what is wanted.
  }
  writeFileSync(path, Buffer.concat(parts))
  return path
}

function temporaryPath(seed: number): string {
  return join(mkdtempSync(join(tmpdir(), 'linkpulse-transfer-')), `transfer-${seed}.pcapng`)
}
