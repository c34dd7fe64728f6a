/** The class: joining, and then a learner's part or the teacher's. */
import { signal } from '@preact/signals'
import type { ClassView } from '../../workshop/class/class-view.js'
import { CLASS_PATH } from '../../workshop/class/facts.js'
import { ClassField } from './class-field.js'
import { Member } from './class-member.js'
import { Teacher } from './class-teacher.js'
import { classView, send } from './connection.js'
import { sayIt, word } from './language.js'

/** Whether the class stands in the place of a station. */
export const classShown = signal(false)
/** What is being typed. */
const name = signal('')
const code = signal('')

/** So that the teacher's page can be loaded again; the key stands in no address that a projector shows. */
const KEPT_KEY = 'linkpulse-teacher'
const ofClass = document.querySelector('meta[name="linkpulse-class"]') !== null
const url = `ws://${location.host}${CLASS_PATH}`

/** Shows the class, where the page came from one or was asked for it. */
export function openClass(key: string | undefined): void {
  classShown.value = ofClass || key !== undefined || location.hash !== ''
  if (!ofClass) return
  if (key !== undefined) {
    sessionStorage.setItem(KEPT_KEY, key)
    history.replaceState(null, '', '#/class')
  }
  const kept = sessionStorage.getItem(KEPT_KEY)
  if (kept !== null && (key !== undefined || classView.peek() === undefined))
    send({ kind: 'class-teach', url, key: kept })
}

export function ClassRoom() {
  const view = classView.value
  const here = view?.kind === 'member' || view?.kind === 'teacher'
  return (
    <main class="class">
      {here ? (
        <h2 class="aloud">{word('class.title')}</h2>
      ) : (
        <section aria-labelledby="class-title">
          <h2 id="class-title">{word('class.title')}</h2>
          <p>{word('class.about')}</p>
          <p class="faint">{word('class.web-serial')}</p>
          {ofClass ? <Joining view={view} /> : <p>{word('class.none')}</p>}
        </section>
      )}
      {view?.kind === 'member' && <Member member={view.member} />}
      {view?.kind === 'teacher' && <Teacher state={view.state} passages={view.passages} />}
    </main>
  )
}

function Joining({ view }: { readonly view: ClassView | undefined }) {
  if (view?.kind === 'joining') return <p role="status">{word('class.joining')}</p>
  if (view !== undefined && view.kind !== 'out') return null
  return (
    <>
      <p role="alert">{view !== undefined && <strong class="wrong">{sayIt(view.why)}</strong>}</p>
      <form
        class="buttons"
        onSubmit={(event) => {
          event.preventDefault()
          sessionStorage.removeItem(KEPT_KEY)
          send({ kind: 'class-join', url, name: name.value, code: code.value })
        }}
      >
        <ClassField label={word('class.name')} value={name} />
        <ClassField label={word('class.code')} value={code} />
        <button type="submit" class="main">
          {word('class.join')}
        </button>
      </form>
    </>
  )
}
