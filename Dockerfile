# The application and nothing else: no compiler, no Node, no root, one folder of data.
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN python -m venv /opt/charniere \
 && /opt/charniere/bin/pip install --no-cache-dir --require-hashes -r requirements/run.lock \
 && /opt/charniere/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
COPY --from=build /opt/charniere /opt/charniere
RUN useradd --system --uid 10001 --home-dir /data charniere && install -d -o charniere -g charniere /data
USER charniere
ENV PATH=/opt/charniere/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    CHARNIERE_DATA=/data \
    CHARNIERE_HOST=0.0.0.0 \
    CHARNIERE_PORT=8000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["charniere", "serve"]
