/** `--trace` and `--ladder FILE` of the commands that use the stack: what passes on their wire, as lines and as a picture. */
import { SECOND } from '../../../../../firmware/hal/clock.js'
import { Conversation } from '../../../../conversation/conversation.js'
import { ladderSvg } from '../../../../conversation/ladder-svg.js'
import { traceLines } from '../../../../conversation/trace-line.js'
import type { ClientWire } from '../../../../network/client-wire.js'
import { keyed } from '../../../../text/keyed.js'
import { say } from '../../../../text/say.js'
import type { OutputFile } from '../../../files/output.js'
import type { Arguments } from '../../arguments.js'
import { drawnSvg } from '../../drawings.js'
import { checkPicturePath, givenLook, pictureFor, refuseLook } from '../../picture-file.js'
import { tell } from '../../say.js'
import { readerGone } from '../../standard-output.js'
import { WORDS } from '../../words.js'

/** What the two ends still say to each other when the command has what it wanted is waited for so long. */
const CLOSING = SECOND

/** @throws UsageError for a picture's name or look that cannot be */
export function checkLadder(given: Arguments): void {
  const path = given.text('ladder')
  if (path === undefined) refuseLook(given, 'add --ladder FILE.svg')
  else checkPicturePath('ladder', path, '')
  givenLook(given)
}

/**
 * Watches until `end`.
 * @param file of `--ladder`; a reader of standard output that goes away ends the command, and the picture before it
 * @returns what ends it. The file has what passed until then, unless nothing did.
 */
export function watchConversation(
  given: Arguments,
  file: OutputFile | undefined,
  wire: ClientWire,
): { end(): Promise<void> } {
  const trace = given.has('trace')
  const [watch] = wire.watches
  if ((!trace && file === undefined) || watch === undefined) return { async end() {} }
  const nearName = say(WORDS, keyed('ladder.this-end'))
  const near = { name: nearName, stack: wire.stack, watch }
  const conversation = new Conversation(
    () => wire.clock.now,
    near,
    file === undefined ? undefined : wire.far,
    trace ? traceLines(WORDS, tell) : undefined,
  )
  const look = givenLook(given)
  const picture = (): string =>
    drawnSvg(
      ladderSvg(conversation, {
        title: `linkpulse ${[given.command.name, ...given.operands].join(' ')}`,
        names: { near: nearName, far: wire.far?.name ?? say(WORDS, keyed('ladder.other-end')) },
        bothWatched: wire.far !== undefined,
        words: WORDS,
        look,
      }),
    )
  readerGone.addEventListener('abort', () => {
    // The process ends in this turn of the event loop, and there is no time to draw letters.
    if (file?.path.endsWith('.svg') !== true || conversation.frames === 0) return
    conversation.end()
    file.write(picture())
    file.close()
  })
  return {
    async end() {
      // Behind the work on the segment: a listener to states may only look.
      const stop = wire.stack.tcp.onState(() => queueMicrotask(wire.changed))
      await wire.until(() => isOver(wire), CLOSING).catch(() => false)
      stop()
      conversation.end()
      if (file === undefined) return
      if (conversation.frames === 0) {
        file.discard()
        return
      }
      file.write(await pictureFor('ladder', file.path, picture()))
      file.close()
      tell(`the ladder of ${conversation.frames} frames is drawn in ${file.path}\n`)
    },
  }
}

/** No connection of either end waits for anything but the end of TIME-WAIT. */
function isOver({ stack, far }: ClientWire): boolean {
  return [stack, ...(far === undefined ? [] : [far.stack])].every(({ tcp }) =>
    [...tcp.connections].every(({ state }) => state === 'TIME-WAIT'),
  )
}
