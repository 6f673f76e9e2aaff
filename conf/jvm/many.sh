# Sourced by the launchers. 'many COMMAND SETTING…' tells whether the driver is asked for so many users that load-many.args pays.
many() {
  case ${1:-} in
    ramp) return 0 ;;
    load) ;;
    *) return 1 ;;
  esac
  active=${ACTIVE:-${ACTIVE_USERS_TOTAL:-250}}
  passive=${PASSIVE:-${PASSIVE_USERS_TOTAL:-1000}}
  for setting in "$@"; do
    case $setting in
      ACTIVE=* | ACTIVE_USERS_TOTAL=*) active=${setting#*=} ;;
      PASSIVE=* | PASSIVE_USERS_TOTAL=*) passive=${setting#*=} ;;
    esac
  done
  # What is no number the driver itself will refuse.
  for number in "$active" "$passive"; do
    case $number in '' | *[!0-9]* | ??????????*) return 1 ;; esac
  done
  [ "$(expr "$active" + "$passive")" -gt 2500 ]
}
