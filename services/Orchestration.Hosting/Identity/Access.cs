using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Orchestration.Hosting.Options;

namespace Orchestration.Hosting.Identity;

/// <summary>Access by API key for a service's gRPC methods, denied by default.</summary>
public static class Access
{
    private const string Key = "orchestration.caller";

    /// <summary>Authenticates every gRPC call of the service and checks its role by <see cref="AccessTable"/>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddCheckedOptions<AccessOptions>(AccessOptions.Section);
        services.AddSingleton<Authenticator>();
        services.AddSingleton<AccessInterceptor>();
        services.AddGrpc(grpc => grpc.Interceptors.Add<AccessInterceptor>());
        return services;
    }

    /// <summary>Who makes this call. Every call that reaches a service method has one.</summary>
    public static Caller GetCaller(this ServerCallContext context) =>
        context.UserState.TryGetValue(Key, out var caller)
            ? (Caller)caller
            : throw new InvalidOperationException($"{context.Method} is served without AddAccess.");

    internal static void SetCaller(this ServerCallContext context, Caller caller) => context.UserState[Key] = caller;
}
