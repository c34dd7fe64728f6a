/** A part of a stage that can be folded away. */
import type { ComponentChildren } from 'preact'

export function Panel({
  title,
  name,
  children,
}: {
  readonly title: string
  readonly name: string
  readonly children: ComponentChildren
}) {
  return (
    <details open class="panel" data-panel={name}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}
