/** The stage of the layers station: the picture of encapsulation, and what there is at the layer that is looked at. */
import type { CopyOutcome, LayersScene, SceneCopy } from '../../../workshop/stations/layers/scene.js'
import { told } from '../../../workshop/words/told.js'
import { description, send, snapshot } from '../connection.js'
import { sayIt, word } from '../language.js'
import { set, textIn } from '../typed.js'
import { HeaderTable } from './header-table.js'
import { LayersPicture } from './layers-picture.js'

function act(action: string, argument: string): void {
  send({ kind: 'do', deed: { kind: 'act', action, argument } })
}

/** What was typed and not yet set is meant. */
function sendMessage(): void {
  if (textIn('text') !== snapshot.peek()!.settings.text) set('text')
  act('send', '')
  send({ kind: 'play' })
}

function look(place: string): void {
  send({ kind: 'do', deed: { kind: 'set', name: 'look', value: place } })
}

/** Where a message is next, or was before. */
function beside(place: string, step: 1 | -1): string | undefined {
  const setting = description.value!.settings.find(({ name }) => name === 'look')
  const places = setting?.kind === 'choice' ? setting.choices : []
  return places[places.indexOf(place) + step]
}

function outcomeWords(outcome: CopyOutcome): string {
  if (outcome.kind === 'shown') return `✓ ${word('layers.outcome.shown')}`
  if (outcome.kind === 'underway') return `… ${word('layers.outcome.underway')}`
  const layer = word(`layers.name.${outcome.layer}`)
  return `✗ ${sayIt(told('layers.outcome.dropped', { layer, reason: outcome.reason }))}`
}

function Copies({ scene }: { readonly scene: LayersScene }) {
  return (
    <ol class="copies" aria-label={word('layers.copies')}>
      {scene.copies.map(({ at, outcome }, i) => (
        <li key={at}>
          <button
            type="button"
            class={outcome.kind === 'dropped' ? 'dropped' : undefined}
            aria-pressed={i === scene.copy}
            onClick={() => act('copy', `${i}`)}
          >
            {i + 1} {outcomeWords(outcome)}
          </button>
        </li>
      ))}
    </ol>
  )
}

/** The layer that is looked at: its sentence, and its header field by field. */
function Detail({ scene, copy }: { readonly scene: LayersScene; readonly copy: SceneCopy }) {
  const { look: place, model, dialogue } = scene
  const layer = copy.layers.find((each) => `${each.layer}` === place[1])!
  const up = place[0] === 'u'
  return (
    <section class="detail" aria-live="polite">
      <p class={up && layer.state === 'dropped' ? 'wrong' : undefined}>
        <strong>{word(`layers.at.${place as 'd7'}`)}</strong> {sayIt(up ? layer.up : layer.down)}
      </p>
      {model === 'tcpip' && <p class="faint">{word('layers.tcpip.why')}</p>}
      {layer.fields.length > 0 && <HeaderTable fields={layer.fields} title={word('layers.fields')} />}
      {layer.layer === 5 && dialogue.length > 0 && (
        <ol class="dialogue" aria-label={word('layers.dialogue')}>
          {dialogue.map(({ from, text }, i) => (
            <li key={i} class={from}>
              {from === 'teller' ? '→' : '←'} <code>{text}</code>
            </li>
          ))}
        </ol>
      )}
      {layer.layer === 6 && <Characters copy={copy} />}
    </section>
  )
}

/** Each character over its octets. */
function Characters({ copy }: { readonly copy: SceneCopy }) {
  const octets = copy.parts.find(({ name }) => name === 'text')?.octets ?? []
  const groups: number[][] = []
  // Octets that go on with a character begin with 10 (RFC 3629 3).
  for (const octet of octets) {
    if ((octet & 0xc0) === 0x80 && groups.length > 0) groups[groups.length - 1].push(octet)
    else groups.push([octet])
  }
  return (
    <ul class="characters">
      {groups.map((group, i) => (
        <li key={i}>
          {new TextDecoder().decode(Uint8Array.from(group))}
          <code>{group.map((octet) => octet.toString(16).toUpperCase().padStart(2, '0')).join(' ')}</code>
        </li>
      ))}
    </ul>
  )
}

export function LayersStage({ scene }: { readonly scene: LayersScene }) {
  const copy = scene.copies[scene.copy]
  const [before, next] = [beside(scene.look, -1), beside(scene.look, 1)]
  return (
    <div class="layers-stage">
      <div class="buttons">
        <button type="button" class="main" onClick={sendMessage}>
          {word('frame.act.send')}
        </button>
        <button type="button" disabled={before === undefined} onClick={() => look(before!)}>
          ◀ {word('layers.previous')}
        </button>
        <button type="button" disabled={next === undefined} onClick={() => look(next!)}>
          {word('layers.next')} ▶
        </button>
      </div>
      {scene.copies.length > 0 && <Copies scene={scene} />}
      <LayersPicture scene={scene} onLook={look} />
      {copy === undefined ? <p>{word('layers.nothing')}</p> : <Detail scene={scene} copy={copy} />}
    </div>
  )
}
