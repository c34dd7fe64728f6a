/** Datagrams that came in fragments: which octets are there, and what is missing. */
import type { ShownDatagram } from '../../../workshop/stations/packets/scene.js'
import { sayIt } from '../language.js'
import { roomFor } from '../text-room.js'

const WIDTH = 700
const ROW = 34
const SIZE = 13

export function FragmentBars({
  datagrams,
  label,
}: {
  readonly datagrams: readonly ShownDatagram[]
  readonly label: string
}) {
  const longest = Math.max(...datagrams.map(({ total, pieces }) => total ?? (pieces.at(-1)?.to ?? 1) * 1.3))
  const x = (octet: number) => 4 + (octet / longest) * (WIDTH - 8)
  return (
    <>
      <svg class="fragments" viewBox={`0 0 ${WIDTH} ${datagrams.length * ROW}`} role="img" aria-label={label}>
        {datagrams.map(({ id, pieces, total, told }, i) => (
          <g key={id} data-thing={id}>
            <title>{sayIt(told)}</title>
            <rect class="missing" x={x(0)} y={i * ROW + 4} width={x(total ?? longest) - x(0)} height={ROW - 10} />
            {pieces.map(({ from, to, last }) => {
              const text = `${from}–${to}${last ? '' : ' MF'}`
              const width = Math.max(3, x(to) - x(from) - 1)
              return (
                <g key={from} class="piece">
                  <rect x={x(from)} y={i * ROW + 4} width={width} height={ROW - 10} rx={3} />
                  {roomFor(text, SIZE) < width && (
                    <text x={x(from) + width / 2} y={i * ROW + 21} text-anchor="middle">
                      {text}
                    </text>
                  )}
                </g>
              )
            })}
          </g>
        ))}
      </svg>
      <ul class="plain">
        {datagrams.map(({ id, told }) => (
          <li key={id}>{sayIt(told)}</li>
        ))}
      </ul>
    </>
  )
}
