/** A person’s own program: where the file is dropped, what it says and is told on its serial port, and which rules it breaks. */
import { signal } from '@preact/signals'
import type { BenchScene, SceneFinding, SceneOwnProgram } from '../../../workshop/stations/bench/scene.js'
import { type Told, told } from '../../../workshop/words/told.js'
import { send } from '../connection.js'
import { language, sayIt, word } from '../language.js'
import { instantText } from '../time-text.js'
import { Panel } from '../widgets/panel.js'
import { actBench } from './act.js'
import { loadedBench } from './load.js'

/** No program for an AVR is longer, with all that a compiler puts beside it. */
const MOST_MEBIBYTES = 16
/** As in life: the serial line takes a microsecond a symbol. */
const REAL_TIME = 1_000_000

/** Why a file was not even given to the simulation. */
const turnedAway = signal<Told | undefined>(undefined)
/** A file is held over the place where it may be dropped. */
const over = signal(false)
const typed = signal('')

async function give(files: FileList | null | undefined): Promise<void> {
  if (files === null || files === undefined || files.length === 0) return
  const [file] = files
  turnedAway.value =
    files.length > 1
      ? told('bench.file.one')
      : file.size > MOST_MEBIBYTES << 20
        ? told('bench.file.too-long', { file: file.name, mebibytes: MOST_MEBIBYTES })
        : undefined
  if (turnedAway.value !== undefined) return
  let octets: Uint8Array
  try {
    octets = new Uint8Array(await file.arrayBuffer())
  } catch (error) {
    // A folder, or a file that is gone: only the browser knows which.
    turnedAway.value = told('bench.file.unread', { file: file.name, why: (error as Error).message })
    return
  }
  // A program is looked at as it runs; checks have nobody who waits for them.
  send({ kind: 'speed', bitsPerSecond: REAL_TIME })
  send({ kind: 'file', name: file.name, octets })
  send({ kind: 'play' })
}

function DropPlace() {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the field in it does the same for a keyboard
    <div
      class={over.value ? 'drop over' : 'drop'}
      data-testid="drop"
      onDragOver={(event) => {
        event.preventDefault()
        over.value = true
      }}
      onDragLeave={() => {
        over.value = false
      }}
      onDrop={(event) => {
        event.preventDefault()
        over.value = false
        void give(event.dataTransfer?.files)
      }}
    >
      <p>{word('bench.drop')}</p>
      <label for="program">{word('bench.act.load')}</label>{' '}
      <input
        id="program"
        type="file"
        accept=".hex,.elf,.ihex"
        onChange={({ currentTarget }) => {
          void give(currentTarget.files)
          // The same file may be chosen again when it was built anew.
          currentTarget.value = ''
        }}
      />
    </div>
  )
}

function Terminal({ program }: { readonly program: SceneOwnProgram }) {
  return (
    <>
      <h2 id="said-title">{word('bench.stage.said')}</h2>
      <pre
        class="said"
        data-testid="said"
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by a keyboard
        tabIndex={0}
        aria-labelledby="said-title"
        ref={(element) => {
          if (element !== null) element.scrollTop = element.scrollHeight
        }}
      >
        {program.said}
      </pre>
      <form
        class="setting text"
        onSubmit={(event) => {
          event.preventDefault()
          actBench('type', `${typed.peek()}\n`)
          typed.value = ''
        }}
      >
        <label for="say">{word('bench.stage.say')}</label>
        <span class="pair">
          <input
            id="say"
            value={typed.value}
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value
            }}
          />
          <button type="submit">{word('bench.act.type')}</button>
        </span>
      </form>
    </>
  )
}

function Findings({ findings }: { readonly findings: readonly SceneFinding[] }) {
  if (findings.length === 0)
    return (
      <>
        <h2>{word('bench.stage.findings')}</h2>
        <p class="help">{word('bench.stage.no-findings')}</p>
      </>
    )
  return (
    <table class="findings">
      <caption>{word('bench.stage.findings')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('bench.stage.rule')}</th>
          <th scope="col">{word('bench.stage.times')}</th>
          <th scope="col">{word('bench.stage.first')}</th>
        </tr>
      </thead>
      <tbody>
        {findings.map(({ id, rule, source, count, at, octets }) => (
          <tr key={id} data-finding={id}>
            <th scope="row">
              {sayIt(rule)} <span class="faint">{source}</span> <code>{id}</code> <code>{octets}</code>
            </th>
            <td>{count}</td>
            <td>{instantText(at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function OwnProgram({ program, refused }: Pick<BenchScene, 'program' | 'refused'>) {
  const why =
    turnedAway.value ??
    (refused === undefined
      ? undefined
      : told('bench.file.why', {
          file: refused.file,
          why: loadedBench.value!.sayError(language.value, refused.message),
        }))
  return (
    <Panel title={word('bench.stage.program')} name="program">
      <DropPlace />
      <div role="alert" class="refused">
        {why !== undefined && <p>{sayIt(why)}</p>}
      </div>
      {program !== undefined && (
        <>
          <p>
            {sayIt(
              told(program.running ? 'bench.program.runs' : 'bench.program.stands', {
                file: program.file,
                octets: program.octets,
              }),
            )}{' '}
            {word('bench.program.check')}
          </p>
          <div class="buttons">
            <button type="button" onClick={() => actBench('run')}>
              {word('bench.act.run')}
            </button>
            <button type="button" disabled={!program.running} onClick={() => actBench('reset')}>
              {word('bench.act.reset')}
            </button>
            <button type="button" disabled={!program.running} onClick={() => actBench('ping')}>
              {word('bench.act.ping')}
            </button>
            <button type="button" onClick={() => actBench('unload')}>
              {word('bench.act.unload')}
            </button>
          </div>
          <Terminal program={program} />
          <Findings findings={program.findings} />
        </>
      )}
    </Panel>
  )
}
