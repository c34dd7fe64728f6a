/** What the checks of addresses and packets measure. */
import { count, declare, quantity } from '../figure.js'

const PING = {
  loss: quantity('%', { max: 0 }),
  median: quantity('ms'),
  longest: quantity('ms'),
  size: quantity('octets'),
  echoes: count(),
} as const

const ANSWERS = {
  answered: count(),
  median: quantity('ms'),
} as const

export const NETWORK_FIGURES = declare({
  'network.controller': {
    time: quantity('ms'),
    failures: count(0),
  },
  'network.arp': {
    found: count(1),
    time: quantity('ms'),
    asked: count(),
  },
  'network.ping': PING,
  'network.ping-large': PING,
  'network.ping-row': {
    answered: count(),
    echoes: count(),
  },
  'network.answers': ANSWERS,
  'network.board-answers': ANSWERS,
  'network.steady': {
    trouble: count(0),
    registersLost: count(0),
    linkLost: count(0),
    watched: quantity('s'),
  },
  'network.release': {
    chip: quantity('ms', { max: 1000 }),
    link: quantity('ms'),
    address: quantity('ms'),
    changes: count({ min: 1 }),
  },
})

export const STEADY = NETWORK_FIGURES['network.steady']
