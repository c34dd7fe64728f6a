/** Whether the page is as narrow as a phone: what is beside the stage elsewhere is a drawer over it there. */
import { signal } from '@preact/signals'

/** As `style.css` has it. */
const query = matchMedia('(max-width: 860px)')

export const narrow = signal(query.matches)
query.addEventListener('change', ({ matches }) => {
  narrow.value = matches
})
