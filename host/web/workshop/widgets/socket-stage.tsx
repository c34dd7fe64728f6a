/** The stage of sockets: the code of both ends, the descriptors that it sees, what the stacks have below, and what passed between them. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { LadderRow } from '../../../workshop/ladder.js'
import type {
  SceneCodeLine,
  SceneDescriptor,
  SceneHost,
  SceneProgram,
  SocketScene,
} from '../../../workshop/stations/socket/scene.js'
import { told } from '../../../workshop/words/told.js'
import { send } from '../connection.js'
import { sayIt, word } from '../language.js'
import { LadderView } from './ladder.js'

/** The call whose effects are lit; undefined: the last. */
const chosen = signal<number | undefined>(undefined)

function act(action: string): void {
  chosen.value = undefined
  send({ kind: 'do', deed: { kind: 'act', action, argument: '' } })
  send({ kind: 'play' })
}

const SIGNS = { done: '✓', next: '▶', waits: '…', failed: '✗', 'to come': ' ' } as const

function Line({ line, lit }: { readonly line: SceneCodeLine; readonly lit: boolean }) {
  const code = (
    <>
      <span class="sign" aria-hidden="true">
        {SIGNS[line.state]}
      </span>
      <code>{line.text}</code>
      {line.result !== '' && <span class="result">{`→ ${line.result}`}</span>}
    </>
  )
  return (
    <li class={`${line.state.replace(' ', '-')}${lit ? ' lit' : ''}`} data-thing={line.id}>
      {line.call === undefined ? (
        <span class="call">{code}</span>
      ) : (
        <button
          type="button"
          class="call"
          aria-pressed={lit}
          title={sayIt(line.told)}
          onClick={() => {
            chosen.value = line.call
          }}
        >
          {code}
        </button>
      )}
    </li>
  )
}

function Code(props: {
  readonly program: SceneProgram
  readonly lit: number | undefined
  readonly title: JSX.Element
}) {
  const { program, lit, title } = props
  const { name, state, runs, lines } = program
  const stands = state === 'waits' || state === 'ended'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div class="program" role="group" aria-label={word(`socket.program.${name}`)}>
      <div class="buttons">
        {title}
        <button type="button" class="main" disabled={stands} onClick={() => act(`${name}-step`)}>
          {word(state === 'failed' ? 'socket.again' : 'socket.next')}
        </button>
        <button type="button" aria-pressed={runs} disabled={stands || runs} onClick={() => act(`${name}-run`)}>
          {word('socket.run')}
        </button>
        {stands && <span class="help">{word(state === 'waits' ? 'socket.state.waits' : 'socket.state.ended')}</span>}
      </div>
      <ol class="code">
        {lines.map((line) => (
          <Line key={line.id} line={line} lit={line.call !== undefined && line.call === lit} />
        ))}
      </ol>
    </div>
  )
}

function Descriptors({ rows, used }: { readonly rows: readonly SceneDescriptor[]; readonly used: number | undefined }) {
  // The first three are always there, and always the same.
  const terminal = rows.filter(({ kind }) => kind === 'terminal')
  const others = rows.filter(({ kind }) => kind !== 'terminal')
  return (
    <table class="descriptors">
      <caption>{word('socket.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('socket.column.number')}</th>
          <th scope="col">{word('socket.column.kind')}</th>
          <th scope="col" title={word('socket.column.queues.title')}>
            {word('socket.column.queues')}
          </th>
        </tr>
      </thead>
      <tbody>
        {terminal.length > 0 && (
          <tr>
            <th scope="row">{terminal.map(({ number }) => number).join(' ')}</th>
            <td colSpan={2}>
              {word('socket.kind.terminal')}: {terminal.map(({ place }) => place).join(', ')}
            </td>
          </tr>
        )}
        {others.map(({ id, number, kind, place, state, queues }) => (
          <tr key={id} data-thing={id} class={number === used ? 'lit' : undefined}>
            <th scope="row">{number}</th>
            <td>
              {word(`socket.kind.${kind}`)} <b>{state}</b>
              {place.split(' → ').map((part, i) => (
                <span key={part} class="place">
                  {i === 0 ? part : `→ ${part}`}
                </span>
              ))}
            </td>
            <td>{queues}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What a call did, and what passed on its account: for whoever does not see the ladder. */
function Effects({
  hosts,
  lit,
  rows,
}: {
  readonly hosts: readonly SceneHost[]
  readonly lit: number | undefined
  readonly rows: readonly LadderRow[]
}) {
  for (const { programs } of hosts) {
    const line = lineOf(programs, lit)
    if (line === undefined) continue
    const caused = rows.filter(({ cause, number }) => cause === line.call && number !== undefined)
    return (
      <p class="did">
        {sayIt(line.told)}{' '}
        {caused.length > 0 &&
          sayIt(
            told('socket.caused', {
              what: caused.map(({ number, lines }) => `${number} ${sayIt(lines[0])}`).join('; '),
            }),
          )}
      </p>
    )
  }
  return null
}

function lineOf(programs: readonly SceneProgram[], lit: number | undefined): SceneCodeLine | undefined {
  return programs.flatMap(({ lines }) => lines).find(({ call }) => call !== undefined && call === lit)
}

/** The code that makes the sockets of an end: over the ladder. */
function Sockets({ host, lit }: { readonly host: SceneHost; readonly lit: number | undefined }) {
  const { end, programs } = host
  return (
    <section class="host" aria-label={word(`ladder.end.${end}`)}>
      <Code program={programs[0]} lit={lit} title={<h2>{word(`ladder.end.${end}`)}</h2>} />
    </section>
  )
}

/** What there is besides: other programs, what the numbers stand for, and what the stack has. */
function Below({ host, lit }: { readonly host: SceneHost; readonly lit: number | undefined }) {
  const { end, address, programs, descriptors, stack } = host
  const name = word(`ladder.end.${end}`)
  return (
    <section class="host" aria-label={`${name}: ${word('socket.table')}`}>
      <h2>
        {name} <span class="help">{address}</span>
      </h2>
      {programs.slice(1).map((program) => (
        <Code key={program.name} program={program} lit={lit} title={<h3>{word('socket.code.file')}</h3>} />
      ))}
      <Descriptors rows={descriptors} used={lineOf(programs, lit)?.descriptor} />
      <div class="below">
        <h3>{word('socket.below')}</h3>
        {stack.length === 0 && <p class="help">{word('socket.below.nothing')}</p>}
        <ul>
          {stack.map(({ id, protocol, state, local, remote }) => (
            <li key={id} data-thing={id}>
              {protocol} <b>{state}</b> {local} {remote === '*' ? '' : `→ ${remote}`}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

export function SocketStage({ scene }: { readonly scene: SocketScene }) {
  const { client, server, ladder, lastCall } = scene
  // A run that begins anew has not made the call that was pressed before.
  const lit = chosen.value !== undefined && chosen.value <= (lastCall ?? 0) ? chosen.value : lastCall
  return (
    <div class="sockets">
      <Sockets host={client} lit={lit} />
      <Sockets host={server} lit={lit} />
      <div class="between">
        <Effects hosts={[client, server]} lit={lit} rows={ladder.rows} />
        <LadderView
          ladder={ladder}
          title={word('ladder.title')}
          names={[word('ladder.end.client'), word('ladder.box'), word('ladder.end.server')]}
          lit={lit}
        />
        <p class="help">{word('socket.lit')}</p>
      </div>
      <Below host={client} lit={lit} />
      <Below host={server} lit={lit} />
    </div>
  )
}
