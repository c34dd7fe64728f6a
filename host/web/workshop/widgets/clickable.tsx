/** Something in a drawing that a click puts a probe on: its words are those of the text twin. */
import type { ComponentChildren } from 'preact'
import type { SceneThing } from '../../../workshop/scene-thing.js'
import { snapshot } from '../connection.js'
import { sayIt } from '../language.js'
import { toggleProbe } from '../stage.js'
import { Pressable } from './pressable.js'

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What is drawn, and over it, where there is a probe to be put, the place to press. */
export function Clickable(props: {
  readonly thing: SceneThing
  readonly area: Area
  readonly children: ComponentChildren
}) {
  const { thing, area, children } = props
  const { probe } = thing
  const words = sayIt(thing.told)
  return (
    <g data-thing={thing.id}>
      <title>{words}</title>
      {children}
      {probe !== undefined && (
        <Pressable
          area={area}
          words={words}
          pressed={snapshot.value!.look.probes.includes(probe)}
          onPress={() => toggleProbe(probe)}
        />
      )}
    </g>
  )
}
