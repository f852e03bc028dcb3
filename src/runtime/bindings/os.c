// SPDX-License-Identifier: MIT
/* internalBinding('os'): uv's facts about the machine. Failures fill the context object { code, message, syscall, errno
 * } that is the last argument, and return undefined. */
#include "runtime/binding.h"

#include <stdlib.h>
#include <uv.h>

static JsValue fail(JsContext *cx, JsValue context, int error, const char *syscall)
{
  if (js_value_is_object(context) && (!js_define(cx, context, "errno", js_int32(error), JS_PLAIN) ||
                                      !js_define(cx, context, "code", js_string(cx, uv_err_name(error)), JS_PLAIN) ||
                                      !js_define(cx, context, "message", js_string(cx, uv_strerror(error)), JS_PLAIN) ||
                                      !js_define(cx, context, "syscall", js_string(cx, syscall), JS_PLAIN)))
    return JS_EXCEPTION;
  return JS_UNDEFINED;
}

static JsValue os_get_available_parallelism(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_int32((int32_t)uv_available_parallelism());
}

/* Seven values a processor: model, speed, user, nice, sys, idle, irq */
static JsValue os_get_cpus(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uv_cpu_info_t *infos;
  int count;
  if (uv_cpu_info(&infos, &count) != 0)
    return JS_UNDEFINED;
  JsValue result = js_array_new(cx, 0, NULL);
  for (int i = 0; i < count && !js_is_exception(result); i++) {
    const uv_cpu_info_t *info = &infos[i];
    JsValue values[7] = {
        js_string(cx, info->model),
        js_int32(info->speed),
        js_number((double)info->cpu_times.user),
        js_number((double)info->cpu_times.nice),
        js_number((double)info->cpu_times.sys),
        js_number((double)info->cpu_times.idle),
        js_number((double)info->cpu_times.irq),
    };
    for (int k = 0; k < 7; k++)
      if (!js_array_push(cx, result, values[k])) {
        result = JS_EXCEPTION;
        break;
      }
  }
  uv_free_cpu_info(infos, count);
  return result;
}

static JsValue os_get_free_mem(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number((double)uv_get_free_memory());
}

static JsValue os_get_total_mem(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  return js_number((double)uv_get_total_memory());
}

static JsValue os_get_home_directory(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char path[4096];
  size_t size = sizeof path;
  int error = uv_os_homedir(path, &size);
  return error ? fail(cx, js_argument(argc, argv, 0), error, "uv_os_homedir") : js_string_utf8(cx, path, size);
}

static JsValue os_get_hostname(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  char name[UV_MAXHOSTNAMESIZE];
  size_t size = sizeof name;
  int error = uv_os_gethostname(name, &size);
  return error ? fail(cx, js_argument(argc, argv, 0), error, "uv_os_gethostname") : js_string_utf8(cx, name, size);
}

/* Seven values an address: name, address, netmask, family, mac, internal, scope id or -1 */
static JsValue os_get_interface_addresses(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uv_interface_address_t *list;
  int count;
  int error = uv_interface_addresses(&list, &count);
  if (error == UV_ENOSYS)
    return js_array_new(cx, 0, NULL);
  if (error)
    return fail(cx, js_argument(argc, argv, 0), error, "uv_interface_addresses");
  JsValue result = js_array_new(cx, 0, NULL);
  for (int i = 0; i < count && !js_is_exception(result); i++) {
    const uv_interface_address_t *one = &list[i];
    char ip[INET6_ADDRSTRLEN] = "", mask[INET6_ADDRSTRLEN] = "", mac[18];
    const char *family = "Unknown";
    int32_t scope = -1;
    if (one->address.address4.sin_family == AF_INET) {
      uv_ip4_name(&one->address.address4, ip, sizeof ip);
      uv_ip4_name(&one->netmask.netmask4, mask, sizeof mask);
      family = "IPv4";
    } else if (one->address.address4.sin_family == AF_INET6) {
      uv_ip6_name(&one->address.address6, ip, sizeof ip);
      uv_ip6_name(&one->netmask.netmask6, mask, sizeof mask);
      family = "IPv6";
      scope = (int32_t)one->address.address6.sin6_scope_id;
    }
    const unsigned char *p = (const unsigned char *)one->phys_addr;
    snprintf(mac, sizeof mac, "%02x:%02x:%02x:%02x:%02x:%02x", p[0], p[1], p[2], p[3], p[4], p[5]);
    JsValue values[7] = {
        js_string(cx, one->name), js_string(cx, ip),  js_string(cx, mask),
        js_string(cx, family),    js_string(cx, mac), js_boolean(one->is_internal != 0),
        js_int32(scope),
    };
    for (int k = 0; k < 7; k++)
      if (!js_array_push(cx, result, values[k])) {
        result = JS_EXCEPTION;
        break;
      }
  }
  uv_free_interface_addresses(list, count);
  return result;
}

/* getLoadAvg ( Float64Array of 3 ) */
static JsValue os_get_load_avg(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  JsView view;
  if (!rt_view_argument(cx, argc, argv, 0, &view))
    return JS_EXCEPTION;
  if (view.type != JS_FLOAT64 || view.byte_length < 3 * sizeof(double))
    return js_throw_type_error(cx, "argument must be a Float64Array");
  uv_loadavg((double *)(void *)view.data);
  return JS_UNDEFINED;
}

static JsValue os_get_os_information(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uv_utsname_t info;
  int error = uv_os_uname(&info);
  if (error)
    return fail(cx, js_argument(argc, argv, 0), error, "uv_os_uname");
  JsValue values[4] = {js_string(cx, info.sysname), js_string(cx, info.version), js_string(cx, info.release),
                       js_string(cx, info.machine)};
  return js_array_new(cx, 4, values);
}

static JsValue os_get_priority(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int priority;
  int error = uv_os_getpriority(rt_int_argument(argc, argv, 0), &priority);
  return error ? fail(cx, js_argument(argc, argv, 1), error, "uv_os_getpriority") : js_int32(priority);
}

/* setPriority ( pid, priority, context ): 0 or the error */
static JsValue os_set_priority(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  int error = uv_os_setpriority(rt_int_argument(argc, argv, 0), rt_int_argument(argc, argv, 1));
  if (error && js_is_exception(fail(cx, js_argument(argc, argv, 2), error, "uv_os_setpriority")))
    return JS_EXCEPTION;
  return js_int32(error);
}

static JsValue os_get_uptime(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  double uptime;
  int error = uv_uptime(&uptime);
  return error ? fail(cx, js_argument(argc, argv, 0), error, "uv_uptime") : js_number(uptime);
}

/* getUserInfo ( encoding, context ): { uid, gid, username, homedir, shell } */
static JsValue os_get_user_info(JsContext *cx, JsValue this_val, int argc, const JsValue *argv)
{
  uv_passwd_t passwd;
  int error = uv_os_get_passwd(&passwd);
  if (error)
    return fail(cx, js_argument(argc, argv, 1), error, "uv_os_get_passwd");
  JsValue user = js_object_new_with_proto(cx, JS_NULL);
  bool ok = !js_is_exception(user) && js_define(cx, user, "uid", js_number((double)passwd.uid), JS_PLAIN) &&
            js_define(cx, user, "gid", js_number((double)passwd.gid), JS_PLAIN) &&
            js_define(cx, user, "username", js_string(cx, passwd.username), JS_PLAIN) &&
            js_define(cx, user, "homedir", js_string(cx, passwd.homedir), JS_PLAIN) &&
            js_define(cx, user, "shell", passwd.shell ? js_string(cx, passwd.shell) : JS_NULL, JS_PLAIN);
  uv_os_free_passwd(&passwd);
  return ok ? user : JS_EXCEPTION;
}

static const JsFunctionRow os_functions[] = {
    {"getAvailableParallelism", os_get_available_parallelism, 0},
    {"getCPUs", os_get_cpus, 0},
    {"getFreeMem", os_get_free_mem, 0},
    {"getHomeDirectory", os_get_home_directory, 1},
    {"getHostname", os_get_hostname, 1},
    {"getInterfaceAddresses", os_get_interface_addresses, 1},
    {"getLoadAvg", os_get_load_avg, 1},
    {"getOSInformation", os_get_os_information, 1},
    {"getPriority", os_get_priority, 2},
    {"getTotalMem", os_get_total_mem, 0},
    {"getUptime", os_get_uptime, 1},
    {"getUserInfo", os_get_user_info, 2},
    {"setPriority", os_set_priority, 3},
    {NULL, NULL, 0},
};

JsValue binding_os(CulmEnv *env, JsContext *cx)
{
  return rt_functions_object(cx, os_functions);
}
