# syntax=docker/dockerfile:1

FROM node:24-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
# The workspaces: npm ci links them.
COPY packages ./packages
# This image has the compiler that better-sqlite3 needs where there is no binary of it for the machine.
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATABASE_URL=sqlite:/data/microblog.sqlite \
    LOG_DIR=/data/logs
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/packages ./packages
COPY --from=build /app/views ./views
COPY --from=build /app/public ./public
COPY --from=build /app/dist ./dist
# What people write must survive the container, and nothing else can be written by it.
RUN install --directory --owner=node --group=node --mode=0700 /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1, so that SIGTERM reaches it; it has a handler for it, without which process 1 ignores the signal.
CMD ["node", "dist/src/main.js"]
