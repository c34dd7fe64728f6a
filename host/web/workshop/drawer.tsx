/** A part of the page beside the stage; on a phone a drawer, which is closed at first. */
import type { ComponentChildren } from 'preact'
import { narrow } from './narrow.js'

interface DrawerProps {
  readonly name: 'change' | 'break'
  readonly title: string
  readonly children: ComponentChildren
}

export function Drawer({ name, title, children }: DrawerProps) {
  const id = `${name}-title`
  return (
    <section class={name} aria-labelledby={id}>
      {narrow.value ? (
        <details class="drawer">
          <summary>
            <h2 id={id}>{title}</h2>
          </summary>
          {children}
        </details>
      ) : (
        <>
          <h2 id={id}>{title}</h2>
          {children}
        </>
      )}
    </section>
  )
}
