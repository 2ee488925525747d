/** What a page of the documentation loads: its style, and the search, which is there for those who have scripts. */

/// <reference types="vite/client" />

import './docs.css';
import { offerSearch } from './search.ts';

offerSearch(document.querySelector('search')!);
