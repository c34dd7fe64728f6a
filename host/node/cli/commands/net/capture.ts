import { printAnyFrame } from '../../../../../firmware/net/wire/print/ipv6.js'
import { PcapngReader } from '../../../../capture/pcapng-reader.js'
import { TargetError } from '../../../../errors/errors.js'
import { keyed } from '../../../../text/keyed.js'
import { say } from '../../../../text/say.js'
import { ask, findRunning } from '../../../network/control.js'
import type { ArgumentsOf } from '../../arguments.js'
import { Outputs } from '../../outputs.js'
import { print, printOctets, tell } from '../../say.js'
import { WORDS } from '../../words.js'
import type { NET_CAPTURE_COMMAND } from './capture.command.js'
import { runEnd } from './interrupted.js'

type Given = ArgumentsOf<typeof NET_CAPTURE_COMMAND>

/** `linkpulse net capture [NAME]`: the frames of a running `net up`, as lines or as pcapng. */
export async function netCapture(given: Given): Promise<number> {
  const count = given.whole('count', 1, Number.MAX_SAFE_INTEGER) ?? Number.POSITIVE_INFINITY
  const output = given.text('output')
  const seconds = given.seconds('for')
  const up = await findRunning(given.operands[0])
  if (up === undefined) {
    throw new TargetError(
      'no `linkpulse net up` of yours is running; start one, for example: sudo linkpulse net up stack: --tap lp0 --address 10.9.0.2/24 (and ask with sudo too)',
    )
  }
  const file = new Outputs(given).file('output')
  const interrupted = runEnd(seconds)
  const lines = output === undefined
  const several = up.taps.length > 1
  let frames = 0
  const reader = new PcapngReader(({ interface: name, at, direction, frame }) => {
    if (++frames > count) return
    if (lines) {
      const wire = several ? `${name} ` : ''
      print(`${time(at)} ${wire}${direction === 'inbound' ? 'in ' : 'out'} ${printAnyFrame(frame)}\n`)
    }
    if (frames === count) capture.stop()
  })
  if (!lines) {
    reader.onBlock((octets) => {
      if (frames >= count) return
      if (file === undefined) printOctets(octets.slice())
      else file.write(octets)
    })
  }
  // Wireshark at the other end of a named pipe was closed.
  if (file !== undefined) file.handleReaderGone = () => capture.stop()
  const capture = ask(up.path, 'capture', (octets) => reader.take(octets))
  try {
    await Promise.race([capture.ended, interrupted.over])
    capture.stop()
    tell(`${say(WORDS, keyed('net.frames', { count: Math.min(frames, count) }))}\n`)
    return 0
  } finally {
    interrupted.release()
    file?.close()
  }
}

/** The time of day as tcpdump prints it, by the machine's zone. @param at nanoseconds since 1970 */
function time(at: number): string {
  const date = new Date(at / 1_000_000)
  const two = (number: number): string => String(number).padStart(2, '0')
  const micros = Math.floor((at / 1_000) % 1_000_000)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(micros).padStart(6, '0')}`
}
