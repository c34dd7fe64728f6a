import { IN_CLEAR, testLayerPage } from './layer-page.js'

testLayerPage('docs/layers.md', IN_CLEAR)
