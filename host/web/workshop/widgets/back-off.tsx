/** Who tried to send when: attempts, jams, and the slots that were drawn, on one axis of slot times. */
import type { SceneAttempt } from '../../../workshop/stations/frame/scene.js'
import { told } from '../../../workshop/words/told.js'
import { sayIt, word } from '../language.js'
import { roomFor } from '../text-room.js'

/** 512 bit times of 100 ns (IEEE 802.3 4.4.2). */
const SLOT = 51_200
const WIDTH = 700
const LEFT = 40
const ROW = 34
const TOP = 24

export function BackOff({ attempts }: { readonly attempts: readonly SceneAttempt[] }) {
  const start = Math.min(...attempts.map(({ from }) => from))
  const ends = attempts.map(({ to, drawn }) => to + (drawn?.slots ?? 0) * SLOT)
  const span = Math.max(...ends) - start
  const x = (time: number) => LEFT + ((time - start) / span) * (WIDTH - LEFT - 10)
  const who = [...new Set(attempts.map(({ end }) => end))].sort()
  const bottom = TOP + who.length * ROW
  const step = Math.max(1, Math.ceil(span / SLOT / 12))
  const ticks = Array.from({ length: Math.floor(span / SLOT / step) + 1 }, (_, i) => i * step)
  return (
    <svg class="tries" viewBox={`0 0 ${WIDTH} ${bottom + 26}`} role="img" aria-label={word('frame.tries')}>
      <text class="faint" x={LEFT} y={15}>
        {word('frame.tries')}
      </text>
      {ticks.map((slot) => (
        <g key={slot}>
          <line class="grid" x1={x(start + slot * SLOT)} x2={x(start + slot * SLOT)} y1={TOP} y2={bottom} />
          <text class="faint" x={x(start + slot * SLOT)} y={bottom + 18} text-anchor="middle">
            {slot}
          </text>
        </g>
      ))}
      {who.map((end, row) => {
        const y = TOP + row * ROW
        return (
          <g key={end}>
            <text class="name" x={12} y={y + 22}>
              {word(`frame.end.${end}`)}
            </text>
            {attempts
              .filter((attempt) => attempt.end === end)
              .map(({ from, to, collided, drawn }) => {
                const width = Math.max(3, x(to) - x(from))
                const waits = (drawn?.slots ?? 0) * SLOT
                const words = drawn === undefined ? '' : sayIt(told('frame.slots', { slots: drawn.slots }))
                const room = x(to + waits) - x(to)
                return (
                  <g key={from}>
                    {waits > 0 && <rect class="waits" x={x(to)} y={y + 8} width={room} height={18} />}
                    {waits > 0 && roomFor(words, 15) < room - 4 && (
                      <text x={x(to) + room / 2} y={y + 22} text-anchor="middle">
                        {words}
                      </text>
                    )}
                    <rect
                      class={collided ? 'try broken' : 'try'}
                      x={x(from)}
                      y={y + 4}
                      width={width}
                      height={26}
                      rx={2}
                    />
                    {collided && (
                      <text x={x(from) + width / 2} y={y + 22} text-anchor="middle" class="cross">
                        ✗
                      </text>
                    )}
                  </g>
                )
              })}
          </g>
        )
      })}
    </svg>
  )
}
