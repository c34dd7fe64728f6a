/** A place in a drawing that can be pressed, by mouse or by keyboard. */
import type { Area } from './clickable.js'

export function Pressable(props: {
  readonly area: Area
  readonly words: string
  readonly pressed: boolean
  readonly onPress: () => void
}) {
  const { area, words, pressed, onPress } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no <button> in SVG
    <rect
      class="reach"
      {...area}
      role="button"
      tabindex={0} // an attribute of SVG is spelt as it is
      aria-pressed={pressed}
      aria-label={words}
      onClick={onPress}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onPress()
      }}
    />
  )
}
