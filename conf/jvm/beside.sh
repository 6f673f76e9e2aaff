# Sourced by the launchers. 'beside COMMAND SETTING…' prints the name of the flags that the driver's JVM gets beside load.args, if any.
beside() {
  case ${1:-} in
    ramp) echo load-many; return ;;
    load) ;;
    *) return ;;
  esac
  active=${ACTIVE:-${ACTIVE_USERS_TOTAL:-250}}
  passive=${PASSIVE:-${PASSIVE_USERS_TOTAL:-1000}}
  connections=${CONNECTIONS:-per-user}
  for setting in "$@"; do
    case $setting in
      ACTIVE=* | ACTIVE_USERS_TOTAL=*) active=${setting#*=} ;;
      PASSIVE=* | PASSIVE_USERS_TOTAL=*) passive=${setting#*=} ;;
      CONNECTIONS=*) connections=${setting#*=} ;;
    esac
  done
  # What is no number the driver itself will refuse.
  for number in "$active" "$passive"; do
    case $number in '' | *[!0-9]* | ??????????*) return ;; esac
  done
  if [ "$(expr "$active" + "$passive")" -gt 2500 ]; then
    echo load-many
  elif [ "$connections" = shared ]; then
    echo load-shared
  fi
}
