/** A box that scrolls, whose newest stands below: it stays in sight, unless somebody looks at what was before. */
import type { TargetedUIEvent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** From the end that still counts as the end, CSS pixels. */
const NEAR = 8

/** @param grown changes when something was added */
export function useNewestInSight(grown: number) {
  const frame = useRef<HTMLElement>(null)
  const follows = useRef(true)
  useEffect(() => {
    const { current } = frame
    if (current !== null && follows.current) current.scrollTop = current.scrollHeight
  }, [grown])
  const onScroll = ({ currentTarget }: TargetedUIEvent<HTMLElement>) => {
    const { scrollTop, scrollHeight, clientHeight } = currentTarget
    follows.current = scrollTop + clientHeight >= scrollHeight - NEAR
  }
  return { frame, onScroll }
}
