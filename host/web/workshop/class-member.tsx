/** A learner on the wire of a class: who is here, what is done with whom, what was sent and got. */
import { signal } from '@preact/signals'
import type { ClassDeed, MemberView } from '../../workshop/class/class-view.js'
import { told } from '../../workshop/words/told.js'
import { ClassField } from './class-field.js'
import { ClassLadder } from './class-ladder.js'
import { Losses } from './class-losses.js'
import { classFiles, send } from './connection.js'
import { sayIt, word } from './language.js'
import { instantText } from './time-text.js'

/** What has happened is told in so many sentences. */
const SENTENCES = 12
/** What is being typed, and the file that was picked. */
const text = signal('')
const file = signal<{ readonly name: string; readonly octets: Uint8Array } | undefined>(undefined)
/** Whom what is done is for; empty: the first of the others. */
const chosen = signal('')

const act = (deed: ClassDeed) => send({ kind: 'class-do', deed })

export function Member({ member }: { readonly member: MemberView }) {
  const { address, box, gateway, linkUp, paused, speed, waitMilliseconds, peers, counters, passages, log } = member
  const to = peers.find((peer) => peer.address === chosen.value)?.address ?? peers[0]?.address
  const everybody = address.replace(/\d+\/24$/, '255')
  const target = chosen.value === everybody ? everybody : to
  const { sent, received, collisions } = counters
  const nobody = to === undefined
  const slow = speed < 1
  const everyone = [{ seat: member.seat, name: member.name }, ...peers]
  return (
    <>
      <section aria-label={member.name}>
        <p>
          <strong>{sayIt(told('class.me', { name: member.name, address, box: told(`class.box.${box}`) }))}</strong>
          {gateway !== '' && `; ${sayIt(told('class.me.gateway', { gateway }))}`}.{' '}
          {word(linkUp ? 'class.link.up' : 'class.link.down')} {paused && <strong>{word('class.time.paused')} </strong>}
          {slow && sayIt(told('class.time.slow', { times: `${Math.round(1 / speed)}` }))}
        </p>
        <p class="faint">{sayIt(told('class.wait', { milliseconds: waitMilliseconds }))}</p>
        <p data-testid="class-counters">{sayIt(told('class.counters', { sent, received, collisions }))}</p>
        <Losses counters={counters} />
        <div class="buttons">
          <button
            type="button"
            title={word('class.pause.title')}
            onClick={() => send({ kind: 'class-leave', why: 'paused' })}
          >
            {word('class.pause')}
          </button>
          <button type="button" onClick={() => send({ kind: 'class-leave', why: 'left' })}>
            {word('class.leave')}
          </button>
        </div>
      </section>
      <section aria-labelledby="class-who">
        <h3 id="class-who">{word('class.who')}</h3>
        {nobody && <p>{word('class.alone')}</p>}
        <ul class="peers">
          {peers.map((peer) => (
            <li key={peer.address}>
              {peer.name} <code>{peer.address}</code>
            </li>
          ))}
        </ul>
        <div class="buttons">
          <label for="class-to">{word('class.to')}</label>
          <select
            id="class-to"
            value={target}
            disabled={nobody}
            onChange={({ currentTarget }) => {
              chosen.value = currentTarget.value
            }}
          >
            {peers.map((peer) => (
              <option key={peer.address} value={peer.address}>
                {peer.name}
              </option>
            ))}
            <option value={everybody}>{word('class.everybody')}</option>
          </select>
          <Deed disabled={nobody} words={word('class.ping')} deed={() => ({ kind: 'ping', to: target! })} />
          <button
            type="button"
            disabled={nobody}
            title={word('class.roll.title')}
            onClick={() => act({ kind: 'roll' })}
          >
            {word('class.roll')}
          </button>
        </div>
        <div class="buttons">
          <ClassField label={word('class.text')} value={text} />
          {(['UDP', 'TCP'] as const).map((how) => (
            <Deed
              key={how}
              disabled={nobody}
              words={word(how === 'UDP' ? 'class.say.udp' : 'class.say.tcp')}
              deed={() => ({ kind: 'say', how, to: target!, text: text.value })}
            />
          ))}
        </div>
        <div class="buttons">
          <label>
            {word('class.file')}{' '}
            <input
              type="file"
              onChange={async ({ currentTarget }) => {
                const picked = currentTarget.files?.[0]
                file.value = picked && { name: picked.name, octets: new Uint8Array(await picked.arrayBuffer()) }
              }}
            />
          </label>
          <Deed
            disabled={nobody || file.value === undefined}
            words={word('class.file.send')}
            deed={() => ({ kind: 'file', to: target!, ...file.value! })}
          />
        </div>
      </section>
      <Files />
      <section class="words" aria-label={word('area.words')}>
        <h3>{word('words.happened')}</h3>
        <ol class="log" aria-live="polite">
          {log
            .slice(-SENTENCES)
            .reverse()
            .map(({ at, told: sentence, wrong }, i) => (
              <li key={log.length - i} class={wrong ? 'wrong' : undefined}>
                <span class="instant">{instantText(at)}</span> {sayIt(sentence)}
              </li>
            ))}
        </ol>
      </section>
      <ClassLadder title={word('class.ladder')} box={box} own={member.seat} people={everyone} passages={passages} />
    </>
  )
}

function Deed(props: { readonly words: string; readonly disabled: boolean; readonly deed: () => ClassDeed }) {
  return (
    <button type="button" disabled={props.disabled} onClick={() => act(props.deed())}>
      {props.words}
    </button>
  )
}

function Files() {
  const files = classFiles.value
  if (files.length === 0) return null
  return (
    <section aria-labelledby="class-files">
      <h3 id="class-files">{word('class.files')}</h3>
      <ul>
        {files.map((each, i) => (
          <li key={files.length - i}>
            <button type="button" onClick={() => saveFile(each.name, each.octets)}>
              {each.name}
            </button>{' '}
            {each.from}, {each.octets.length}
          </li>
        ))}
      </ul>
    </section>
  )
}

function saveFile(fileName: string, octets: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([octets as Uint8Array<ArrayBuffer>]))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  URL.revokeObjectURL(address)
}
