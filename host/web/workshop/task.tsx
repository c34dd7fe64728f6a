/** The station's task: what is asked, whether it is solved, hints that cost, and the ways back. */
import { signal } from '@preact/signals'
import { told } from '../../workshop/words/told.js'
import { shareAddress } from './address.js'
import { description, send, snapshot } from './connection.js'
import { Hints } from './hints.js'
import { language, sayIt, word } from './language.js'
import { forgetTyped } from './typed.js'

/** The link that was made last, and whether the clipboard has it. */
const shared = signal<{ readonly link: string; readonly copied: boolean } | undefined>(undefined)

function share(): void {
  const link = `${location.href.split('#')[0]}${shareAddress(snapshot.peek()!, description.peek()!, language.peek())}`
  shared.value = { link, copied: false }
  // A page from a file, or without the permission, has no clipboard: then the link stands there to be copied.
  navigator.clipboard?.writeText(link).then(
    () => {
      shared.value = { link, copied: true }
    },
    () => undefined,
  )
}

export function Task() {
  const { task } = snapshot.value!
  const { task: asked } = description.value!
  return (
    <section class="task" aria-label={word('task.title')}>
      <p>
        <strong>{word('task.title')}:</strong> {word(asked.text)}{' '}
        {task.taken && (
          <span class={task.solved ? 'solved' : 'open'} data-testid="task-state">
            {task.solved ? `✓ ${word('task.solved')}` : word('task.open')}
          </span>
        )}
      </p>
      <div class="buttons">
        <button type="button" onClick={() => send({ kind: 'do', deed: { kind: 'task' } })}>
          {word(task.taken ? 'task.again' : 'task.take')}
        </button>
        <button type="button" disabled={task.hintsLeft === 0} onClick={() => send({ kind: 'hint' })}>
          {sayIt(told('task.hint', { left: task.hintsLeft }))}
        </button>
        <button type="button" title={word('task.restart.title')} onClick={() => send({ kind: 'restart' })}>
          {word('task.restart')}
        </button>
        <button
          type="button"
          title={word('task.reset.title')}
          onClick={() => {
            forgetTyped()
            send({ kind: 'reset' })
          }}
        >
          {word('task.reset')}
        </button>
        <button type="button" onClick={share}>
          {word('task.share')}
        </button>
      </div>
      <Hints />
      <div role="status">
        {shared.value !== undefined && (
          <p class="shared">
            {word(shared.value.copied ? 'task.shared' : 'task.share-by-hand')}{' '}
            <input readOnly aria-label={word('task.share-by-hand')} value={shared.value.link} />
          </p>
        )}
      </div>
    </section>
  )
}
