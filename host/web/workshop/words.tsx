/** WORDS: the text twin of stage and lanes, made of the very things that they draw, and what has happened. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { send, snapshot } from './connection.js'
import { sayIt, word } from './language.js'
import { instantText } from './time-text.js'

/** Sentences that are shown. */
const SHOWN = 8
/** A screen reader is told at most so often, ms: a line of a thousand bits a second cannot be read aloud. */
const BREATH_MILLISECONDS = 1_000

/** Puts an instant into the lanes, with what came before it: four fifths of the way to the right. */
function lookAround(at: number): void {
  const { look, bitTime } = snapshot.peek()!
  send({ kind: 'look', look: { ...look, until: at + (look.span * bitTime) / 5 } })
}

/** What was said aloud last. */
const aloud = signal('')

export function Words() {
  const { scene, lanes, log } = snapshot.value!
  const latest = log.slice(-SHOWN).reverse()
  useEffect(() => {
    const timer = setInterval(() => {
      const last = snapshot.peek()?.log.at(-1)
      const text = last === undefined ? '' : sayIt(last.told)
      if (aloud.peek() !== text) aloud.value = text
    }, BREATH_MILLISECONDS)
    return () => clearInterval(timer)
  }, [])
  return (
    <section class="words" aria-labelledby="words-title">
      <h2 id="words-title">{word('area.words')}</h2>
      <p class="aloud" role="status">
        {aloud.value}
      </p>
      <div class="columns">
        <div>
          <h3>{word('words.happened')}</h3>
          {latest.length === 0 && <p>{word('words.nothing')}</p>}
          <ol class="log">
            {latest.map(({ at, told, wrong }, i) => (
              <li key={log.length - i} class={wrong ? 'wrong' : undefined}>
                <button type="button" class="instant" title={word('words.look')} onClick={() => lookAround(at)}>
                  {instantText(at)}
                </button>{' '}
                {sayIt(told)}
              </li>
            ))}
          </ol>
        </div>
        <div>
          <h3>{word('words.now')}</h3>
          <ul class="twin">
            {scene.things.map(({ id, told, wrong }) => (
              <li key={id} data-thing={id} class={wrong === true ? 'wrong' : undefined}>
                {sayIt(told)}
              </li>
            ))}
            {lanes.map(({ id, told }) => (
              <li key={`lane-${id}`} data-lane={id}>
                {sayIt(told)}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}
