/** What the workshop says in English, and so all that it says: other languages have the same keys, held by `WorkshopWords`. */
import { COMMON_EN } from './en/common.js'
import { FAULTS_EN } from './en/faults.js'
import { FRAME_EN } from './en/frame.js'
import { LAYERS_EN } from './en/layers.js'
import { RJ45_EN } from './en/rj45.js'
import { RS232_EN } from './en/rs232.js'

export const WORKSHOP_EN = { ...COMMON_EN, ...FAULTS_EN, ...FRAME_EN, ...LAYERS_EN, ...RJ45_EN, ...RS232_EN }
