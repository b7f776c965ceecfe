using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sidecar.Apps;

namespace Sidecar;

/// <summary>Every app has a port for gRPC and one for HTTP; the port a request comes in on says whose sidecar is asked.</summary>
internal static class SidecarPorts
{
    public static void Listen(KestrelServerOptions kestrel, AppDirectory apps)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;

        // Streams live as long as the apps; sizes are limited where a message is read.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.Http2.MaxStreamsPerConnection = 10_000;

        // A worker that stands still must not keep its work.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(2);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(3);
        foreach (var replica in apps.Replicas)
        {
            Listen(kestrel, replica.Entry.GrpcPort, HttpProtocols.Http2, replica);
            Listen(kestrel, replica.Entry.HttpPort, HttpProtocols.Http1, replica);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, int port, HttpProtocols protocols, AppReplica replica)
    {
        if (port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, 0, Configure);
        }
        else
        {
            kestrel.ListenLocalhost(port, Configure);
        }

        void Configure(ListenOptions listen)
        {
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                AppDirectory.Mark(connection, replica);
                return next(connection);
            });
        }
    }
}
