import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Shop } from './Shop.tsx';

createRoot(document.body).render(
  <StrictMode>
    <Shop />
  </StrictMode>,
);
