import { expect, it } from 'vitest'
import { TRANSITIONS } from '../../../../firmware/net/tcp/chart.js'
import { CHART_EDGES } from './chart-edges.js'

it('the chart as it is drawn is the one that connections run on, without the ways to CLOSED', () => {
  const run = Object.entries(TRANSITIONS).flatMap(([from, row]) =>
    Object.values(row).flatMap((to) => (to === 'CLOSED' ? [] : [`${from} > ${to}`])),
  )
  expect(CHART_EDGES.map((edge) => edge.join(' > ')).sort()).toEqual([...new Set(run)].sort())
})
